package io.roomlog.tests.smoke;

import static io.roomlog.tests.smoke.Stage.ask;
import static io.roomlog.tests.smoke.Stage.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.wire.Json;
import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The scenarios, in the order in which they are played. */
final class Scenarios {

  private static final int BURST = 50;
  private static final int LARGE_BYTES = 24_000;
  private static final int FRAME_BYTES_MAX = 30_720;

  /** In frames of 16 KB, as the JDK's client sends it: the message's own limit is what is met. */
  private static final int TOO_LARGE = 130 * 1024;

  private static final int CLOSED_TOO_LARGE = 1009;
  private static final int CLOSED_UNSUPPORTED = 1003;

  static final List<Scenario> ALL =
      List.of(
          new Scenario("chat", "what one says over plain the other hears", Scenarios::chat),
          new Scenario("ack", "a send is acknowledged with its position", Scenarios::ack),
          new Scenario("repeat", "an id that is repeated stores nothing", Scenarios::repeat),
          new Scenario("rooms", "two rooms hear nothing of each other", Scenarios::rooms),
          new Scenario("history", "pages read both ways, without a gap", Scenarios::history),
          new Scenario("resume", "a client that was cut off goes on", Scenarios::resume),
          new Scenario("reconnect", "the reference client loses nothing", Scenarios::reconnect),
          new Scenario("leave", "who has left hears nothing more", Scenarios::leave),
          new Scenario("sync", "heads are told without a message", Scenarios::sync),
          new Scenario("large", "large messages come whole, a frame each", Scenarios::large),
          new Scenario("burst", "fifty messages come in their order", Scenarios::burst),
          new Scenario("errors", "what is wrong is named and stores nothing", Scenarios::errors),
          new Scenario("forbidden", "an unknown action is the gateway's", Scenarios::forbidden),
          new Scenario("handshake", "a malformed connect is refused", Scenarios::handshake),
          new Scenario("too-large", "over 128 KB closes with 1009", Scenarios::tooLarge),
          new Scenario("binary", "a binary frame closes with 1003", Scenarios::binary));

  private Scenarios() {}

  private static String chat(Stage stage) {
    Client ann = stage.plain(stage.room("a"), "ann");
    Client bob = stage.plain(stage.room("a"), "bob");
    ann.say("hello bob");
    check(bob.awaitFrames(1).equals(List.of("hello bob")), "bob hears ann", bob.frames());
    check(ann.awaitFrames(1).equals(List.of("hello bob")), "ann hears herself", ann.frames());
    bob.say("hello ann");
    check(ann.awaitFrames(2).get(1).equals("hello ann"), "ann hears bob", ann.frames());
    return "2 messages, 2 clients";
  }

  private static String ack(Stage stage) {
    Client ann = stage.roomlog(stage.room("a"), "ann");
    JsonNode first = ask(ann, "send", "\"data\":{\"n\":1.50},\"id\":\"m1\"").at("/acks/0");
    check(first.path("position").asLong() == 1, "it stands at 1", first);
    check(!first.path("duplicate").asBoolean(), "it is new", first);
    JsonNode two = ask(ann, "send", "\"messages\":[{\"data\":1},{\"data\":2}]").path("acks");
    check(two.findValuesAsText("position").equals(List.of("2", "3")), "2 and 3", two);
    Await.until("all are pushed", () -> ann.pushed().size() >= 3);
    String data = ann.pushed().getFirst().path("data").toString();
    check(data.equals("{\"n\":1.50}"), "data comes out to the digit", data);
    return "positions 1 to 3";
  }

  private static String repeat(Stage stage) {
    Client ann = stage.roomlog(stage.room("a"), "ann");
    JsonNode first = ask(ann, "send", "\"data\":\"once\",\"id\":\"m1\"").at("/acks/0");
    Client again = stage.roomlog(stage.room("a"), "ann");
    JsonNode second = ask(again, "send", "\"data\":\"twice\",\"id\":\"m1\"").at("/acks/0");
    check(second.path("duplicate").asBoolean(), "it is known", second);
    check(second.path("position").equals(first.path("position")), "at its place", second);
    check(second.path("at").equals(first.path("at")), "with its time", second);
    JsonNode page = ask(ann, "history", "\"after\":0").path("messages");
    check(page.size() == 1 && page.at("/0/data").asText().equals("once"), "one is there", page);
    return "answered with position " + second.path("position");
  }

  private static String rooms(Stage stage) {
    String a = stage.room("a");
    String b = stage.room("b");
    Client ann = stage.plain(a, "ann");
    Client bob = stage.plain(b, "bob");
    Client both = stage.plain(a + "," + b, "both");
    ann.say("in a");
    both.awaitFrames(1);
    bob.say("in b");
    both.awaitFrames(2);
    bob.awaitFrames(1);
    check(ann.frames().equals(List.of("in a")), "ann hears a only", ann.frames());
    check(bob.frames().equals(List.of("in b")), "bob hears b only", bob.frames());
    return "who is in both heard 2";
  }

  private static String history(Stage stage) {
    Client ann = stage.roomlog(stage.room("a"), "ann");
    ask(ann, "send", "\"messages\":" + numbers(0, 20));
    JsonNode latest = ask(ann, "history", "\"limit\":5");
    check(positions(latest).equals(List.of(16L, 17L, 18L, 19L, 20L)), "the latest 5", latest);
    check(latest.path("more").asBoolean(), "there is more", latest);
    JsonNode before = ask(ann, "history", "\"before\":16,\"limit\":2");
    check(positions(before).equals(List.of(14L, 15L)), "2 before 16", before);
    JsonNode after = ask(ann, "history", "\"after\":3,\"limit\":100");
    check(positions(after).size() == 17, "17 after 3", after);
    check(!after.path("more").asBoolean(), "and no more", after);
    return "3 pages of 20 entries";
  }

  private static List<Long> positions(JsonNode page) {
    return page.path("messages").valueStream().map(one -> one.path("position").asLong()).toList();
  }

  private static String numbers(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "{\"data\":" + i + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String resume(Stage stage) {
    String room = stage.room("a");
    Client ann = stage.roomlog(room, "ann");
    Client bob = stage.roomlog(room, "bob");
    ask(ann, "send", "\"data\":\"heard\"");
    bob.awaitFrames(1);
    bob.cut();
    ask(ann, "send", "\"messages\":" + numbers(0, 3));
    Client back = stage.roomlog(room, "bob");
    JsonNode joined = ask(back, "join", "\"room\":\"" + room + "\",\"after\":1");
    check(positions(joined).equals(List.of(2L, 3L, 4L)), "what was missed", joined);
    check(joined.path("recovered").asBoolean(), "all of it", joined);
    ask(ann, "send", "\"data\":\"live\"");
    Await.until("and then it is live", () -> back.pushed().stream().anyMatch(Scenarios::isLive));
    return "3 missed, then live";
  }

  private static boolean isLive(JsonNode entry) {
    return entry.path("data").asText().equals("live");
  }

  private static String reconnect(Stage stage) {
    String room = stage.room("a");
    RoomlogClient client = new RoomlogClient(new Random(1));
    client.follow(room, 0);
    try (SocketClient ann =
        SocketClient.start(
            stage.at("room=" + room + "&name=ann&client=" + stage.key("ann")),
            client,
            InstantSource.system())) {
      int count = 20;
      for (int i = 0; i < count; i++) {
        ann.send(room, "m" + i, "text " + i);
        if (i == count / 2) {
          ann.cut();
        }
      }
      Await.until("all are stored", () -> ann.stored().size() == count);
      Await.until(
          "all are read, once",
          () -> ann.received(room).stream().filter(entry -> entry.has("id")).count() == count);
      return count + " messages over a cut";
    }
  }

  private static String leave(Stage stage) {
    String room = stage.room("a");
    Client ann = stage.roomlog(room, "ann");
    Client bob = stage.roomlog(room, "bob");
    JsonNode left = ask(bob, "leave", "\"room\":\"" + room + "\"");
    check(left.path("type").asText().equals("left"), "it is answered", left);
    ask(ann, "send", "\"data\":\"without bob\"");
    Await.until("ann hears herself", () -> ann.pushed().size() == 1);
    JsonNode again = bob.ask("leave", "\"room\":\"" + room + "\"");
    check(again.path("code").asText().equals("not_a_member"), "once only", again);
    check(bob.pushed().isEmpty(), "bob hears nothing", bob.frames());
    return "not_a_member the second time";
  }

  private static String sync(Stage stage) {
    String room = stage.room("a");
    Client ann = stage.roomlog(room, "ann");
    ask(ann, "send", "\"messages\":" + numbers(0, 4));
    JsonNode heads = ask(ann, "sync", "\"rooms\":{\"" + room + "\":0}").path("rooms");
    check(heads.path(room).asLong() == 4, "the head is 4", heads);
    return "head " + heads.path(room);
  }

  private static String large(Stage stage) {
    Client ann = stage.roomlog(stage.room("a"), "ann");
    Client bob = stage.plain(stage.room("a"), "bob");
    String text = "é".repeat(LARGE_BYTES / 2);
    for (int i = 0; i < 3; i++) {
      ask(ann, "send", "\"data\":\"" + text + "\"");
    }
    check(bob.awaitFrames(3).stream().allMatch(text::equals), "plain hears 3 whole", "another");
    Await.until("3 are pushed", () -> ann.pushed().size() >= 3);
    int longest = ann.frames().stream().mapToInt(Json::bytes).max().orElse(0);
    check(longest <= FRAME_BYTES_MAX, "no frame is over 30,720 bytes", longest);
    return "3 of 24,000 bytes";
  }

  private static String burst(Stage stage) {
    Client ann = stage.roomlog(stage.room("a"), "ann");
    Client bob = stage.plain(stage.room("a"), "bob");
    // From two connections: one may send forty at once.
    Client carl = stage.roomlog(stage.room("a"), "carl");
    ask(ann, "send", "\"messages\":" + numbers(0, BURST / 2));
    ask(carl, "send", "\"messages\":" + numbers(BURST / 2, BURST / 2));
    List<String> heard = bob.awaitFrames(BURST);
    List<String> sent = IntStream.range(0, BURST).mapToObj(Integer::toString).toList();
    check(heard.stream().distinct().toList().equals(sent), "in their order", heard);
    return BURST + " frames";
  }

  private static String errors(Stage stage) {
    Client ann = stage.roomlog(stage.room("a"), "ann");
    error(ann, "send", "\"data\":\"\"", "invalid_data");
    error(ann, "send", "\"data\":\"" + "x".repeat(24_575) + "\"", "too_large");
    error(ann, "send", "\"data\":1,\"id\":\"a b\"", "invalid_id");
    error(ann, "send", "\"data\":1,\"room\":\"a b\"", "invalid_room");
    error(ann, "history", "\"after\":0,\"before\":1", "invalid_field");
    JsonNode page = ask(ann, "history", "\"after\":0");
    check(page.path("head").asLong() == 0, "nothing is stored", page);
    return "5 codes";
  }

  private static void error(Client client, String action, String fields, String code) {
    JsonNode answer = client.ask(action, fields);
    check(answer.path("code").asText().equals(code), code, answer);
    check(!answer.path("temporary").asBoolean(true), "it is not temporary", answer);
  }

  private static String forbidden(Stage stage) {
    Client ann = stage.plain(stage.room("a"), "ann");
    ann.send("{\"action\":\"nonsense\"}");
    JsonNode frame = Json.parse(ann.awaitFrames(1).getFirst()).orElseThrow();
    check(frame.path("message").asText().equals("Forbidden"), "Forbidden", frame);
    check(frame.has("connectionId") && frame.has("requestId"), "with both ids", frame);
    return frame.path("message").asText();
  }

  private static String handshake(Stage stage) {
    int room = Client.refusal(stage.at("room=a%20b"));
    check(room == 400, "a malformed room is 400", room);
    int subprotocol = Client.refusal(stage.at("room=" + stage.room("a")), "other.v1");
    check(subprotocol == 400, "another subprotocol is 400", subprotocol);
    return "400 and 400";
  }

  private static String tooLarge(Stage stage) {
    Client ann = stage.plain(stage.room("a"), "ann");
    try {
      ann.say("x".repeat(TOO_LARGE));
    } catch (CompletionException closedMeanwhile) {
      // The close may come before all of it is on its way; its code is what is looked at.
    }
    int code = ann.awaitClose();
    check(code == CLOSED_TOO_LARGE, "closed with 1009", code);
    return "closed with " + code;
  }

  private static String binary(Stage stage) {
    Client ann = stage.plain(stage.room("a"), "ann");
    ann.sendBinary(new byte[] {1, 2, 3});
    int code = ann.awaitClose();
    check(code == CLOSED_UNSUPPORTED, "closed with 1003", code);
    return "closed with " + code;
  }
}
