package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.gateway.ConnectedClient;
import io.roomlog.local.queues.MessageQueue;
import io.roomlog.local.queues.OutgoingMessage;
import io.roomlog.local.stream.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(60)
class SightTest {
  private static final Path TEMPLATE =
      Path.of("src", "test", "resources", "io", "roomlog", "local", "small.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whoIsConnectedAndWhatRunsIsShown() throws Exception {
    RunOptions options =
        RunOptions.of(TEMPLATE).struckBy(new FaultPlan(Map.of("post-gone", 1.0), 1));
    try (HttpClient http = HttpClient.newHttpClient();
        LocalRun run = LocalRun.start(options)) {
      http.newWebSocketBuilder()
          .buildAsync(run.address(), new WebSocket.Listener() {})
          .get(10, TimeUnit.SECONDS);
      Eventually.await("connected", () -> run.connections() == 1);
      JsonNode seen = look(http, run);
      assertThat(seen.at("/connections/count").asInt()).isEqualTo(1);
      assertThat(seen.at("/connections/clients/0/connectionId").asText()).endsWith("=");
      assertThat(Instant.parse(seen.at("/connections/clients/0/lastActiveAt").asText()))
          .isAfterOrEqualTo(Instant.parse(seen.at("/connections/clients/0/connectedAt").asText()));
      assertThat(seen.at("/functions/ConnectFunction"))
          .isEqualTo(
              JSON.readTree(
                  "{\"name\":\"roomlog-ConnectFunction\",\"environments\":1,\"invocations\":1,\"inFlight\":0,\"failures\":0}"));
      assertThat(seen.at("/endpoints/clients").asText()).isEqualTo(run.address().toString());
      assertThat(seen.at("/endpoints/dynamodb").asText()).isEqualTo(run.dynamoDb().toString());
      assertThat(seen.path("tables").size()).isEqualTo(run.tableNames().size());
      assertThat(seen.at("/faultsStruck/post-gone").asInt(-1)).isZero();
      assertThat(seen.path("mappings").size()).isEqualTo(run.deployment().mappings().size());
      assertThat(seen.path("queues").size()).isEqualTo(run.deployment().queues().size());
      run.deployment()
          .queues()
          .forEach(
              queue ->
                  assertThat(seen.at("/queues/" + queue.logicalId() + "/url").asText())
                      .startsWith("http://127.0.0.1:")
                      .endsWith("/" + queue.name()));
    }
  }

  @Test
  void howFullQueuesAreIsShown() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient();
        LocalRun run = LocalRun.start(RunOptions.of(TEMPLATE.resolveSibling("queues.yaml")))) {
      MessageQueue queue = run.queues().queue("Waiting");
      for (int i = 0; i < 5; i++) {
        queue.send(OutgoingMessage.of("a message"));
      }
      assertThat(queue.receive(2, null)).hasSize(2);
      queue.send(new OutgoingMessage("later", null, null, Duration.ofMinutes(10), Map.of()));
      JsonNode queues = look(http, run).get("queues");
      assertThat(depth(queues.get("Waiting"))).containsExactly(3, 2, 1);
      assertThat(depth(queues.get("Jobs"))).containsExactly(0, 0, 0);
      assertThat(queues.at("/Waiting/url").textValue()).startsWith("http://127.0.0.1:");
    }
  }

  private static List<Integer> depth(JsonNode queue) {
    return Stream.of("visible", "inFlight", "delayed")
        .map(name -> queue.get(name).asInt())
        .toList();
  }

  @Test
  void howFarAStreamIsReadIsShown() throws Exception {
    SmallHandlers.MAY_END.drainPermits();
    try (HttpClient http = HttpClient.newHttpClient();
        LocalRun run = LocalRun.start(RunOptions.of(TEMPLATE).polling(Duration.ofMillis(10)))) {
      put(run, "an item");
      Eventually.await("read", () -> shard(http, run).path("outstanding").asInt() == 1);
      assertThat(shard(http, run).path("iteratorAgeMillis").asLong()).isNotNegative();
      assertThat(look(http, run).at("/functions/BatchFunction/inFlight").asInt()).isEqualTo(1);
      SmallHandlers.MAY_END.release();
      Eventually.await("handled", () -> shard(http, run).path("outstanding").asInt() == 0);
      assertThat(shard(http, run).path("iteratorAgeMillis").asLong()).isZero();
      assertThat(shard(http, run).path("checkpoint").isTextual()).isTrue();
      ObjectNode mapping = (ObjectNode) look(http, run).at("/mappings/ItemsToBatch");
      mapping.remove("shards");
      assertThat((JsonNode) mapping)
          .isEqualTo(
              JSON.readTree(
                  """
                  {"function":"BatchFunction","invocations":1,"failures":0,"recordsHandled":1,
                   "recordsFiltered":0,"recordsGivenUp":0}\
                  """));
    }
  }

  private static JsonNode shard(HttpClient http, LocalRun run) {
    try {
      return look(http, run).at("/mappings/ItemsToBatch/shards/0");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void connectionsAreListedUpToALimitAndCountedBeyondIt() {
    assertThat(listed(1_000)).isEqualTo(1_000);
    assertThat(listed(1_001)).isEqualTo(1_000);
  }

  @Test
  void failuresAndTimeoutsAreCounted() throws Exception {
    List<Outcome> outcomes =
        List.of(new Outcome.Returned("1"), new Outcome.Failed("E", "m"), new Outcome.TimedOut());
    var left = outcomes.iterator();
    Functions scripted = (_, _) -> left.next();
    FunctionCounts counts = new FunctionCounts(scripted);
    for (int i = 0; i < outcomes.size(); i++) {
      counts.invoke("F", "{}");
    }
    assertThat(counts.of("F")).isEqualTo(new FunctionCounts.Counts(3, 0, 2));
    assertThat(counts.of("Other")).isEqualTo(new FunctionCounts.Counts(0, 0, 0));
  }

  private static int listed(int connected) {
    ObjectNode into = JSON.createObjectNode();
    ConnectedClient client = new ConnectedClient("a=", Instant.EPOCH, Instant.EPOCH);
    Sight.connections(into, connected, Collections.nCopies(connected, client));
    assertThat(into.path("count").asInt()).isEqualTo(connected);
    return into.path("clients").size();
  }

  private static void put(LocalRun run, String id) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(run.dynamoDb())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      client.putItem(
          r ->
              r.tableName(run.tableNames().get("Items"))
                  .item(Map.of("id", AttributeValue.fromS(id))));
    }
  }

  private static JsonNode look(HttpClient http, LocalRun run) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(run.operatorView()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
