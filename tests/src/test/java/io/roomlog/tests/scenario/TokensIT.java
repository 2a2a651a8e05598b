package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.local.issuer.Issuer;
import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A deployment that asks for tokens and lets one web page in: strangers, members, the expired. */
class TokensIT {

  private static final String PAGE = "https://chat.example";

  /** A token counts for so long after its {@code exp}. */
  private static final int SKEW_SECONDS = 60;

  private static Issuer issuer;
  private static World world;

  @BeforeAll
  static void start() throws Exception {
    issuer = Issuer.start(0, InstantSource.system());
    world =
        World.start(
            options ->
                options.with(
                    Map.of(
                        "TokenIssuer",
                        issuer.name().toString(),
                        "TokenAudience",
                        Issuer.AUDIENCE,
                        "AllowedOrigins",
                        PAGE)));
  }

  @AfterAll
  static void stop() {
    world.close();
    issuer.close();
  }

  private static String token(String sender, Map<String, Object> more) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("sub", sender);
    claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
    claims.putAll(more);
    return issuer.token(claims);
  }

  private static String token(String sender, String... rooms) {
    return token(sender, Map.of("rooms", List.of(rooms)));
  }

  /** A token that ends a few seconds from now. */
  private static String endingIn(int seconds, String sender) {
    long exp = Instant.now().minusSeconds(SKEW_SECONDS).plusSeconds(seconds).getEpochSecond();
    return token(sender, Map.of("exp", exp));
  }

  private static URI address(String room, String token) {
    return world.address("room=" + room + "&token=" + token);
  }

  private static String code(JsonNode answer) {
    return answer.path("code").asText();
  }

  @Test
  void aTokenIsTakenFromTheQueryTheHeaderAndTheSubprotocolsAndIsNotEchoed() {
    String token = token("ann", "here");
    try (Client query = Client.connect(address("here", token), "roomlog.v1");
        Client header =
            Client.connect(world.address("room=here"), Map.of("Authorization", "Bearer " + token));
        Client browser =
            Client.connect(
                world.address("room=here"),
                Map.of("Origin", PAGE),
                "roomlog.v1",
                "bearer." + token)) {
      assertThat(query.subprotocol()).isEqualTo("roomlog.v1");
      assertThat(header.subprotocol()).isEmpty();
      assertThat(browser.subprotocol()).isEqualTo("roomlog.v1");
      assertThat(code(browser.ask("send", "\"data\":\"x\""))).isEmpty();
    }
  }

  @Test
  void strangersAreUnauthorized() {
    String good = token("ann", "lobby");
    assertThat(Client.refusal(world.address("room=lobby&name=ann"))).isEqualTo(401);
    assertThat(Client.refusal(address("lobby", "x"))).isEqualTo(401);
    assertThat(Client.refusal(address("lobby", good + "x"))).isEqualTo(401);
    assertThat(Client.refusal(address("lobby", endingIn(-1, "ann")))).isEqualTo(401);
    assertThat(Client.refusal(address("lobby", token("ann", Map.of("aud", "other")))))
        .isEqualTo(401);
    assertThat(Client.refusal(address("lobby", token("ann", Map.of("iss", "https://evil")))))
        .isEqualTo(401);
    assertThat(
            Client.refusal(
                address("lobby", good), Map.of("Authorization", "Bearer " + token("bob", "lobby"))))
        .isEqualTo(401);
  }

  @Test
  void membersGetIntoNoRoomThatTheirTokenDoesNotName() {
    String token = token("ann", "lobby", "team-*");
    assertThat(Client.refusal(address("secret", token))).isEqualTo(403);
    assertThat(Client.refusal(address("lobby,secret", token))).isEqualTo(403);
    assertThat(Client.refusal(address("a%20b", token))).isEqualTo(400);
    try (Client ann = Client.connect(address("lobby,team-1", token), "roomlog.v1")) {
      for (String fields : List.of("\"room\":\"secret\"", "\"room\":\"secret\",\"after\":0")) {
        assertThat(code(ann.ask("join", fields))).isEqualTo("forbidden");
      }
      assertThat(code(ann.ask("history", "\"room\":\"secret\""))).isEqualTo("forbidden");
      assertThat(code(ann.ask("send", "\"room\":\"secret\",\"data\":\"x\"")))
          .isEqualTo("forbidden");
      assertThat(code(ann.ask("sync", "\"rooms\":{\"secret\":0}"))).isEqualTo("forbidden");
      assertThat(ann.ask("join", "\"room\":\"team-2\"").get("type").asText()).isEqualTo("joined");
      assertThat(world.log().counter(new RoomName("secret")).head()).isZero();
      assertThat(world.members(new RoomName("secret"))).isEmpty();
    }
  }

  @Test
  void aForeignWebPageIsForbidden() {
    String token = token("ann", "lobby");
    for (String origin : List.of("https://evil.example", PAGE + ".evil.example", "null")) {
      assertThat(Client.refusal(address("lobby", token), Map.of("Origin", origin))).isEqualTo(403);
    }
  }

  @Test
  void whoSpeaksIsWhoTheTokenNames() {
    try (Client ann =
            Client.connect(
                world.address(
                    "room=stamped&name=Root&sender=root&client=k&token="
                        + token("ann", Map.of("name", "Ann"))),
                "roomlog.v1");
        Client bob = Client.connect(address("stamped", token("bob", "stamped")), "roomlog.v1")) {
      ann.ask("send", "\"data\":\"x\",\"sender\":\"root\",\"name\":\"Root\"");
      Await.until("bob has it", () -> !bob.pushed().isEmpty());
      assertThat(bob.pushed())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.path("sender").asText()).isEqualTo("ann");
                assertThat(entry.path("name").asText()).isEqualTo("Ann");
              });
    }
  }

  @Test
  void anExpiredTokenEndsSendingReadingAndPushes() {
    try (Client bob = Client.connect(address("expiring", token("bob", "expiring")), "roomlog.v1")) {
      // Functions in processes of their own start with their first invocation.
      bob.ask("history", "");
      bob.ask("send", "\"data\":\"early\"");
      // Else it may be pushed to her as well, who comes after it.
      Await.until("it is pushed", () -> bob.pushed().size() == 1);
      expire(bob);
    }
  }

  private static void expire(Client bob) {
    try (Client ann = Client.connect(address("expiring", endingIn(5, "ann")), "roomlog.v1")) {
      bob.ask("send", "\"data\":\"before\"");
      Await.until("ann has it", () -> ann.pushed().size() == 1);
      Await.until("it has expired", () -> code(ann.ask("history", "")).equals("expired"));
      assertThat(code(ann.ask("send", "\"data\":\"x\""))).isEqualTo("expired");
      assertThat(code(ann.ask("join", "\"room\":\"expiring\""))).isEqualTo("expired");
      assertThat(code(ann.ask("sync", "\"rooms\":{\"expiring\":0}"))).isEqualTo("expired");
      bob.ask("send", "\"data\":\"after\"");
      Await.until("bob has his own", () -> bob.pushed().size() == 3);
      assertThat(ann.pushed()).hasSize(1);
      assertThat(world.members(new RoomName("expiring"))).hasSize(1);
      // Leaving needs no right. Her row ends with the token, so the table may have deleted it.
      assertThat(code(ann.ask("leave", "\"room\":\"expiring\""))).isIn("", "not_a_member");
    }
  }

  @Test
  void theReferenceClientComesBackWithANewTokenAndLosesNothing() {
    AtomicInteger tokens = new AtomicInteger();
    RoomlogClient rules = new RoomlogClient(new Random(1));
    rules.follow("renewed", 0);
    try (SocketClient ann =
        SocketClient.start(
            () ->
                address(
                    "renewed",
                    tokens.incrementAndGet() == 1 ? endingIn(3, "ann") : token("ann", "renewed")),
            rules,
            InstantSource.system())) {
      int sent = 0;
      while (tokens.get() < 2 || sent < 20) {
        int acknowledged = sent++;
        ann.send("renewed", "m" + acknowledged, "text");
        Await.until("it is stored", () -> ann.stored().size() > acknowledged);
      }
      assertThat(tokens.get()).as("tokens asked for").isGreaterThanOrEqualTo(2);
      int all = sent;
      Await.until("it has read all", () -> ann.received("renewed").size() >= all);
      assertThat(ann.received("renewed").stream().map(entry -> entry.path("id").asText()))
          .doesNotHaveDuplicates()
          .hasSize(all);
    }
  }

  @Test
  void theBackEndsDoorIsShutToWhoeverDoesNotSign() throws Exception {
    try (Client ann = Client.connect(address("door", token("ann", "door")), "roomlog.v1");
        HttpClient http = HttpClient.newHttpClient()) {
      String id = world.members(new RoomName("door")).getFirst().connectionId();
      URI connections =
          URI.create(world.run().connectionsEndpoint() + "/@connections/" + id.replace("=", "%3D"));
      for (String method : List.of("POST", "GET", "DELETE")) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(connections)
                    .method(method, HttpRequest.BodyPublishers.ofString("spoofed"))
                    .header("X-Token", token("ann", "door"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Missing Authentication Token");
      }
      ann.ask("send", "\"data\":\"last\"");
      Await.until("ann has her own", () -> !ann.pushed().isEmpty());
      assertThat(ann.frames()).noneMatch(frame -> frame.contains("spoofed"));
    }
  }
}
