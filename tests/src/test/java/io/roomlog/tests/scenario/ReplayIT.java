package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code roomlog.v1} adds. Each test has rooms of its own, since all share one world. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {

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
  void theDialectThatIsOfferedIsEchoedAndNothingElse() {
    try (Client roomlog = world.connectRoomlog("room=echo");
        Client plain = world.connect("room=echo")) {
      assertThat(roomlog.subprotocol()).isEqualTo("roomlog.v1");
      assertThat(plain.subprotocol()).isEmpty();
    }
    assertThat(Client.refusal(world.address("room=echo"), "chat")).isEqualTo(400);
  }

  @Test
  void whoWasCutOffGetsExactlyWhatItMissedAndGoesOnLive() {
    try (Client ann = world.connectRoomlog("room=cut&name=ann")) {
      Client bob = world.connectRoomlog("room=cut&name=bob");
      say(ann, "cut", "before");
      awaitPushed(bob, 1);
      bob.cut();
      IntStream.range(0, 3).forEach(i -> say(ann, "cut", "missed " + i));
      try (Client again = world.connectRoomlog("room=elsewhere&name=bob")) {
        JsonNode joined = again.ask("join", "\"room\":\"cut\",\"after\":1");
        assertThat(texts(joined.get("messages").valueStream().toList()))
            .containsExactly("missed 0", "missed 1", "missed 2");
        assertThat(joined.get("recovered").booleanValue()).isTrue();
        assertThat(joined.get("more").booleanValue()).isFalse();
        say(ann, "cut", "live");
        awaitPushed(again, 1);
        assertThat(texts(again.pushed())).containsExactly("live");
        assertThat(again.pushed().getFirst().get("position").longValue()).isEqualTo(5);
      }
    }
  }

  @Test
  void bothDialectsReadTheSameRoom() {
    try (Client plain = world.connect("room=both&name=ann");
        Client roomlog = world.connectRoomlog("room=both&name=bob")) {
      plain.send("{\"action\":\"sendmessage\",\"data\":\"plainly\"}");
      awaitPushed(roomlog, 1);
      say(roomlog, "both", "with an ack");
      assertThat(plain.awaitFrames(2)).containsExactly("plainly", "with an ack");
      awaitPushed(roomlog, 2);
      JsonNode entry = roomlog.pushed().getFirst();
      assertThat(entry.get("sender").textValue()).isEqualTo("ann");
      assertThat(entry.get("data").textValue()).isEqualTo("plainly");
    }
  }

  @Test
  void theSameIdOnAnotherConnectionIsAnsweredWithItsFirstPlace() {
    String send = "\"data\":\"once\",\"id\":\"m1\"";
    JsonNode first;
    try (Client ann = world.connectRoomlog("room=ids&client=k1")) {
      first = ann.ask("send", send).at("/acks/0");
    }
    try (Client again = world.connectRoomlog("room=ids&client=k1");
        Client other = world.connectRoomlog("room=ids&client=k2")) {
      JsonNode repeated = again.ask("send", send).at("/acks/0");
      assertThat(repeated.get("duplicate").booleanValue()).isTrue();
      assertThat(repeated.get("position")).isEqualTo(first.get("position"));
      assertThat(repeated.get("at")).isEqualTo(first.get("at"));
      assertThat(other.ask("send", send).at("/acks/0/duplicate").booleanValue()).isFalse();
    }
  }

  @Test
  void whoLeavesIsPushedNothingAndMayStillRead() {
    try (Client ann = world.connectRoomlog("room=left&name=ann");
        Client bob = world.connectRoomlog("room=left&name=bob")) {
      say(ann, "left", "one");
      awaitPushed(bob, 1);
      assertThat(bob.ask("leave", "\"room\":\"left\"").get("type").textValue()).isEqualTo("left");
      say(ann, "left", "two");
      awaitPushed(ann, 2);
      assertThat(bob.pushed()).hasSize(1);
      JsonNode page = bob.ask("history", "\"room\":\"left\"");
      assertThat(texts(page.get("messages").valueStream().toList())).containsExactly("one", "two");
      assertThat(bob.ask("leave", "\"room\":\"left\"").get("code").textValue())
          .isEqualTo("not_a_member");
    }
  }

  @Test
  void syncFindsOutWhatNoPushHasToldAndPutsTheConnectionBack() {
    RoomName room = new RoomName("pruned");
    try (Client ann = world.connectRoomlog("room=pruned&name=ann");
        Client bob = world.connectRoomlog("room=pruned&name=bob")) {
      String bobs =
          world.connections(room).stream()
              .filter(connection -> connection.name().equals("bob"))
              .findFirst()
              .orElseThrow()
              .id();
      world.members(room).stream()
          .filter(member -> member.connectionId().equals(bobs))
          .forEach(world.membership()::prune);
      say(ann, "pruned", "unheard");
      assertThat(bob.ask("sync", "\"rooms\":{\"pruned\":0}").at("/rooms/pruned").longValue())
          .isEqualTo(1);
      say(ann, "pruned", "heard again");
      // What was not heard may be on its way still: then it finds the membership restored.
      Await.until("the live stream", () -> texts(bob.pushed()).contains("heard again"));
    }
  }

  @Test
  void aLogOfManyPagesIsReadWholeInBothDirections() {
    try (Client ann = world.connectRoomlog("room=pages&name=ann")) {
      String text = "\"" + "x".repeat(4_000) + "\"";
      String five =
          IntStream.range(0, 5)
              .mapToObj(_ -> "{\"data\":" + text + "}")
              .collect(Collectors.joining(",", "\"messages\":[", "]"));
      IntStream.range(0, 5).forEach(_ -> ann.ask("send", five));
      assertThat(pages(ann, true)).containsExactlyElementsOf(upTo(25));
      assertThat(pages(ann, false)).containsExactlyInAnyOrderElementsOf(upTo(25));
    }
  }

  private static List<Long> pages(Client client, boolean forward) {
    List<Long> positions = new ArrayList<>();
    String where = forward ? "\"after\":0" : "\"limit\":50";
    for (boolean more = true; more; ) {
      JsonNode page = client.ask("history", where);
      page.get("messages").forEach(entry -> positions.add(entry.get("position").longValue()));
      more = page.get("more").booleanValue();
      where =
          forward
              ? "\"after\":" + page.get("to").longValue()
              : "\"before\":" + page.get("from").longValue();
    }
    return positions;
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private static void say(Client client, String room, String text) {
    JsonNode answer = client.ask("send", "\"room\":\"" + room + "\",\"data\":\"" + text + "\"");
    assertThat(answer.get("type").textValue()).isEqualTo("ack");
  }

  private static void awaitPushed(Client client, int count) {
    Await.until(
        count + " entries",
        Await.LIMIT,
        () -> "got " + client.frames(),
        () -> client.pushed().size() >= count);
  }

  private static List<String> texts(List<JsonNode> entries) {
    return entries.stream().map(entry -> entry.get("data").textValue()).toList();
  }
}
