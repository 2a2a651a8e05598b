package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.Scrape;
import io.roomlog.tests.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has rooms of its own, since all share one world. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatIT {

  private static final String SEND_MESSAGE = "SendMessageFunction";

  private World world;

  @BeforeAll
  void startWorld() {
    world = World.start();
  }

  @AfterAll
  void endWorld() {
    world.close();
  }

  @Test
  void theFunctionsRunWhereTheBuildSays() {
    boolean processes = System.getProperty("roomlog.functions", "").equals("process");
    try (Client ann = world.connect("room=where")) {
      ann.say("hello");
      ann.awaitFrames(1);
    }
    for (String used : List.of("ConnectFunction", SEND_MESSAGE, "FanOutFunction")) {
      assertThat(world.run().processes(used).isEmpty()).as(used).isNotEqualTo(processes);
    }
  }

  @Test
  void whatHappensIsMeasuredWhereverTheFunctionsRun() {
    Scrape before = Scrape.of(world.run());
    try (Client ann = world.connect("room=measured&name=ann");
        Client bob = world.connect("room=measured&name=bob")) {
      ann.say("hello");
      bob.awaitFrames(1);
      ann.awaitFrames(1);
      ann.send("{\"action\":\"sendmessage\"}");
      awaitRise(before, "roomlog_posts_delivered_total", 2);
      awaitRise(before, "roomlog_frames_refused_total", 1);
      awaitRise(before, "roomlog_connections_opened_total", 2);
      awaitRise(before, "roomlog_append_latency_seconds_count", 1);
      awaitRise(before, "roomlog_append_to_push_seconds_count", 1);
      awaitRise(before, "roomlog_messages_per_push_count", 1);
    }
    awaitRise(before, "roomlog_connections_closed_total", 2);
    awaitRise(before, "roomlog_records_handled_total", 1);
  }

  private void awaitRise(Scrape before, String metric, double least) {
    Await.until(metric, () -> Scrape.of(world.run()).sum(metric) - before.sum(metric) >= least);
  }

  @Test
  void whatOneSaysEverybodyInTheRoomReadsAndNobodyElse() {
    try (Client ann = world.connect("room=chat&name=ann");
        Client bob = world.connect("room=chat&name=bob");
        Client eve = world.connect("room=elsewhere&name=eve")) {
      ann.say("hello world");
      assertThat(bob.awaitFrames(1)).containsExactly("hello world");
      assertThat(ann.awaitFrames(1)).containsExactly("hello world");
      bob.say("hello ann");
      assertThat(ann.awaitFrames(2)).containsExactly("hello world", "hello ann");
      eve.say("alone");
      assertThat(eve.awaitFrames(1)).containsExactly("alone");
    }
  }

  @Test
  void whoNamesNoRoomIsInTheLobby() {
    try (Client ann = world.connect("");
        Client bob = world.connect("room=lobby")) {
      ann.say("hi");
      assertThat(bob.awaitFrames(1)).containsExactly("hi");
    }
  }

  @Test
  void theTextArrivesAsItWasSent() {
    String[] texts = {
      "{\\\"not\\\":\\\"a frame\\\"}",
      "\\u202eright to left",
      "😀 \\ud83d\\ude00",
      "nul \\u0000 nul",
      "  "
    };
    try (Client ann = world.connect("room=texts")) {
      int arrived = 0;
      for (String text : texts) {
        ann.say(text);
        ann.awaitFrames(++arrived);
      }
      assertThat(ann.frames())
          .containsExactly(
              "{\"not\":\"a frame\"}", "\u202eright to left", "😀 😀", "nul \0 nul", "  ");
    }
  }

  @Test
  void theEntrySaysWhoSentItWhateverTheFrameSays() {
    try (Client ann = world.connect("room=stamped&name=ann")) {
      ann.send(
          "{\"action\":\"sendmessage\",\"data\":\"x\",\"sender\":\"root\",\"name\":\"root\",\"at\":1}");
      ann.awaitFrames(1);
      Entry.Message entry =
          (Entry.Message) world.log().after(new RoomName("stamped"), 0, 1).entries().getFirst();
      assertThat(List.of(entry.sender(), entry.name())).containsExactly("ann", "ann");
    }
  }

  @Test
  void oneConnectionCanBeInManyRoomsAndSayWhereItSpeaks() {
    try (Client ann = world.connect("room=r1,r2,r3&name=ann");
        Client bob = world.connect("room=r3&name=bob")) {
      ann.send("{\"action\":\"sendmessage\",\"data\":\"to r3\",\"room\":\"r3\"}");
      assertThat(bob.awaitFrames(1)).containsExactly("to r3");
      ann.say("to the first");
      assertThat(ann.awaitFrames(2)).containsExactly("to r3", "to the first");
      assertThat(world.log().counter(new RoomName("r1")).head()).isEqualTo(1);
      assertThat(bob.frames()).hasSize(1);
    }
  }

  @Test
  void aMessageSentTwiceUnderOneIdIsStoredAndPushedOnce() {
    RoomName room = new RoomName("twice");
    try (Client first = world.connect("room=twice&client=k1")) {
      first.send("{\"action\":\"sendmessage\",\"data\":\"once\",\"id\":\"m1\"}");
      first.awaitFrames(1);
    }
    try (Client again = world.connect("room=twice&client=k1")) {
      sendAndWait(again, "{\"action\":\"sendmessage\",\"data\":\"once\",\"id\":\"m1\"}");
      again.say("next");
      assertThat(again.awaitFrames(1)).containsExactly("next");
      assertThat(world.log().after(room, 0, 10).entries()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"sendmessage\"}",
        "{\"action\":\"sendmessage\",\"data\":\"\"}",
        "{\"action\":\"sendmessage\",\"data\":7}",
        "{\"action\":\"sendmessage\",\"data\":{\"a\":1}}",
        "{\"action\":\"sendmessage\",\"data\":null}",
        "{\"action\":\"sendmessage\",\"data\":\"x\",\"data\":\"y\"}",
        "{\"action\":\"sendmessage\",\"data\":\"\\ud83d\"}",
        "{\"action\":\"sendmessage\",\"data\":\"x\",\"room\":\"a b\"}",
        "{\"action\":\"sendmessage\",\"data\":\"x\",\"room\":7}",
        "{\"action\":\"sendmessage\",\"data\":\"x\",\"room\":\"\"}",
        "{\"action\":\"sendmessage\",\"data\":\"x\",\"id\":\"a b\"}",
        "{\"action\":\"sendmessage\",\"data\":\"x\",\"id\":null}"
      })
  void whatIsNotWellFormedIsNotAppendedAndNotAnswered(String frame) {
    try (Client ann = world.connect("room=malformed")) {
      Counter before = world.log().counter(new RoomName("malformed"));
      int items = world.items("MessagesTable") + world.items("SendsTable");
      sendAndWait(ann, frame);
      assertThat(world.log().counter(new RoomName("malformed"))).isEqualTo(before);
      assertThat(world.items("MessagesTable") + world.items("SendsTable")).isEqualTo(items);
      ann.say("the only frame");
      assertThat(ann.awaitFrames(1)).containsExactly("the only frame");
    }
  }

  /** Frames of one client run at the same time, so what comes after must wait for what was. */
  private void sendAndWait(Client client, String frame) {
    int before = world.ended(SEND_MESSAGE);
    client.send(frame);
    Await.until("the frame is handled", () -> world.ended(SEND_MESSAGE) == before + 1);
  }

  @Test
  void dataOfTheLargestSizeIsTakenAndOneByteMoreIsNot() {
    try (Client ann = world.connect("room=sizes")) {
      ann.say("x".repeat(24_576 - 2));
      ann.awaitFrames(1);
      sendAndWait(
          ann, "{\"action\":\"sendmessage\",\"data\":\"%s\"}".formatted("x".repeat(24_576 - 1)));
      ann.say("after");
      assertThat(ann.awaitFrames(2).getLast()).isEqualTo("after");
      assertThat(world.log().counter(new RoomName("sizes")).head()).isEqualTo(2);
    }
  }

  @Test
  void anUnknownActionIsAnsweredByTheGatewayItself() {
    try (Client ann = world.connect("room=unknown")) {
      ann.send("{\"action\":\"shout\"}");
      assertThat(ann.awaitFrames(1).getFirst())
          .matches(
              "\\{\"message\": \"Forbidden\", \"connectionId\":\"[^\"]{15}=\","
                  + " \"requestId\":\"[^\"]+\"}");
      ann.say("still here");
      assertThat(ann.awaitFrames(2).getLast()).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "room=",
        "room=a%20b",
        "room=a,,b",
        "room=1,2,3,4,5,6,7,8,9,10,11",
        "name=",
        "name=a%0Ab",
        "client=",
        "client=a%20b"
      })
  void aConnectThatIsNotWellFormedIsRefusedWith400AndLeavesNothing(String query) {
    Await.until("clients of other tests are gone", () -> world.items("ConnectionsTable") == 0);
    assertThat(Client.refusal(world.address(query))).isEqualTo(400);
    assertThat(world.items("ConnectionsTable")).isZero();
  }

  @Test
  void namesAndRoomsAreBoundedInBytesAndCharacters() {
    String longest = "n".repeat(128);
    world.connect("room=" + longest + "&name=" + longest).close();
    assertThat(Client.refusal(world.address("room=" + longest + "n"))).isEqualTo(400);
    assertThat(Client.refusal(world.address("name=" + longest + "n"))).isEqualTo(400);
    assertThat(Client.refusal(world.address("client=" + "k".repeat(65)))).isEqualTo(400);
  }

  @Test
  void aSubprotocolThatIsNotSpokenIsRefusedWith400() {
    assertThat(Client.refusal(world.address(""), "chat.v9")).isEqualTo(400);
  }

  @Test
  void ofARepeatedParameterTheLastCounts() {
    try (Client ann = world.connect("room=first&room=last");
        Client bob = world.connect("room=last")) {
      ann.say("hi");
      assertThat(bob.awaitFrames(1)).containsExactly("hi");
    }
  }

  @Test
  void whoLeavesIsNoLongerInTheRoom() {
    RoomName room = new RoomName("leaving");
    Client ann = world.connect("room=leaving,leaving-too");
    assertThat(world.members(room)).hasSize(1);
    ann.close();
    Await.until("nobody in the room", () -> world.members(room).isEmpty());
    Await.until("in no room", () -> world.members(new RoomName("leaving-too")).isEmpty());
  }

  @Test
  void messagesSentAtOnceArriveInTheSameOrderEverywhere() {
    int senders = 5;
    int each = 10;
    String query = "room=order";
    List<Client> clients = new ArrayList<>();
    try {
      IntStream.range(0, senders).forEach(_ -> clients.add(world.connect(query)));
      IntStream.range(0, each)
          .forEach(
              message ->
                  IntStream.range(0, senders)
                      .forEach(sender -> clients.get(sender).say(sender + "/" + message)));
      List<List<String>> all =
          clients.stream().map(client -> client.awaitFrames(senders * each)).toList();
      assertThat(all.getFirst()).doesNotHaveDuplicates().hasSize(senders * each);
      assertThat(all.stream().collect(Collectors.toSet())).hasSize(1);
    } finally {
      clients.forEach(Client::close);
    }
  }
}
