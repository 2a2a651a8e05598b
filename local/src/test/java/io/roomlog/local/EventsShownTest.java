package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.stream.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whatever happens in a run is one event, which is shown although the console shows less. */
@Timeout(120)
class EventsShownTest {
  private static final Path RESOURCES =
      Path.of("src", "test", "resources", "io", "roomlog", "local");
  private static final String SECRET = "nobody-may-see-this";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  private final RecentEvents recent = RecentEvents.ofLog();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    recent.close();
  }

  @Test
  void aConnectionAMessageAPostAndABatchAreShownWithoutTheirBodies() throws Exception {
    SmallHandlers.MAY_END.release();
    try (LocalRun run = LocalRun.start(options("small.yaml"))) {
      WebSocket client =
          http.newWebSocketBuilder()
              .header("Authorization", SECRET)
              .buildAsync(run.address(), new WebSocket.Listener() {})
              .get(10, TimeUnit.SECONDS);
      String frame = "{\"action\":\"any\",\"body\":\"" + SECRET + "\"}";
      client.sendText(frame, true).get(10, TimeUnit.SECONDS);
      awaitEvent(run, "message");
      post(run, only(run, "connected").path("connectionId").asText());
      put(run);
      awaitEvent(run, "stream_batch");
      client.sendClose(WebSocket.NORMAL_CLOSURE, SECRET).get(10, TimeUnit.SECONDS);
      client.abort();
      awaitEvent(run, "disconnected");
      Eventually.await("invocations", () -> events(run, "invocation_returned").size() == 4);

      assertThat(only(run, "message").path("routeKey").asText()).isEqualTo("$default");
      assertThat(only(run, "message").path("bytes").asInt()).isEqualTo(frame.length());
      assertThat(only(run, "post").path("bytes").asInt()).isEqualTo(SECRET.length());
      assertThat(only(run, "post").path("offer").asText()).isEqualTo("TAKEN");
      assertThat(only(run, "stream_batch").path("records").asInt()).isEqualTo(1);
      assertThat(only(run, "stream_batch").path("result").asText()).isEqualTo("done");
      assertThat(only(run, "disconnected").path("code").asInt()).isEqualTo(1000);
      assertThat(events(run, "invocation_returned"))
          .allMatch(event -> event.path("durationMillis").isIntegralNumber())
          .extracting(event -> event.path("function").asText())
          .containsExactlyInAnyOrder(
              "ConnectFunction", "ConnectFunction", "BatchFunction", "DisconnectFunction");
      assertThat(look(run)).doesNotContain(SECRET);
    }
  }

  @Test
  void aBatchOfAQueueIsShown() throws Exception {
    try (LocalRun run = LocalRun.start(options("queues.yaml"))) {
      run.functions().invoke("SenderFunction", "{\"body\":\"" + SECRET + "\"}");
      awaitEvent(run, "queue_batch");
      assertThat(only(run, "queue_batch").path("messages").asInt()).isEqualTo(1);
      assertThat(only(run, "queue_batch").path("handled").asInt()).isEqualTo(1);
      assertThat(look(run)).doesNotContain(SECRET);
    }
  }

  private RunOptions options(String template) {
    return RunOptions.of(RESOURCES.resolve(template))
        .polling(Duration.ofMillis(10))
        .showing(recent);
  }

  private void awaitEvent(LocalRun run, String name) throws InterruptedException {
    Eventually.await(name, () -> !events(run, name).isEmpty());
  }

  private JsonNode only(LocalRun run, String name) {
    List<JsonNode> all = events(run, name);
    assertThat(all).as(name).hasSize(1);
    return all.getFirst();
  }

  private List<JsonNode> events(LocalRun run, String name) {
    try {
      JsonNode all = new ObjectMapper().readTree(look(run)).path("events");
      return StreamSupport.stream(all.spliterator(), false)
          .filter(event -> event.path("event").asText().equals(name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String look(LocalRun run) {
    try {
      return http.send(
              HttpRequest.newBuilder(run.operatorView()).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void post(LocalRun run, String connectionId) {
    try (ApiGatewayManagementApiClient posts =
        ApiGatewayManagementApiClient.builder()
            .endpointOverride(run.connectionsEndpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      posts.postToConnection(
          r -> r.connectionId(connectionId).data(SdkBytes.fromUtf8String(SECRET)));
    }
  }

  private static void put(LocalRun run) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(run.dynamoDb())
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      client.putItem(
          r ->
              r.tableName(run.tableNames().get("Items"))
                  .item(Map.of("id", AttributeValue.fromS(SECRET))));
    }
  }
}
