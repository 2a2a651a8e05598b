package io.roomlog.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.functions.Functions;
import io.roomlog.local.stream.Eventually;
import io.roomlog.local.tables.DataFolder;
import io.roomlog.local.template.JarHandlers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ForbiddenException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(60)
class LocalRunTest {
  private static final Path TEMPLATE =
      Path.of("src", "test", "resources", "io", "roomlog", "local", "small.yaml");
  private static final RunOptions OPTIONS = RunOptions.of(TEMPLATE).polling(Duration.ofMillis(10));

  /** The credentials of the template's second function. */
  private static final String DISCONNECT_KEY = "ASIALOCAL00000000001";

  @TempDir private Path temporary;

  @BeforeEach
  void nothingIsLeftOfTheTestBefore() {
    SmallHandlers.ENDED.clear();
    SmallHandlers.BEGUN.drainPermits();
    SmallHandlers.MAY_END.drainPermits();
  }

  @Test
  void aClientIsLetInAndClosedWith1001AtTheEnd() throws Exception {
    var closed = new CompletableFuture<Integer>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      try (LocalRun run = LocalRun.start(OPTIONS)) {
        assertThat(run.address()).hasToString("ws://localhost:" + run.port() + "/Test");
        http.newWebSocketBuilder().buildAsync(run.address(), closing(closed)).get(10, SECONDS);
      }
      assertThat(closed.get(10, SECONDS)).isEqualTo(1001);
    }
  }

  @Test
  void whoIsClosedAtTheEndIsStillDisconnectedWithTheTablesThere() throws Exception {
    SmallHandlers.Disconnect.LOOKED.clear();
    try (HttpClient http = HttpClient.newHttpClient();
        LocalRun run = LocalRun.start(OPTIONS)) {
      http.newWebSocketBuilder()
          .buildAsync(run.address(), closing(new CompletableFuture<>()))
          .get(10, SECONDS);
    }
    assertThat(SmallHandlers.Disconnect.LOOKED).containsExactly("ACTIVE");
  }

  @Test
  void aPostThatNoPolicyAllowsIsRefusedWithItsResource() throws Exception {
    try (LocalRun run = LocalRun.start(OPTIONS);
        ApiGatewayManagementApiClient posts = posts(run, DISCONNECT_KEY)) {
      assertThatThrownBy(
              () ->
                  posts.postToConnection(
                      r -> r.connectionId("L0SM9cOFvHcCIhw=").data(SdkBytes.fromUtf8String("x"))))
          .isInstanceOf(ForbiddenException.class)
          .hasMessageContaining("roomlog-DisconnectFunction")
          .hasMessageContaining("is not authorized to perform: execute-api:ManageConnections")
          .hasMessageContaining("/Test/POST/@connections/L0SM9cOFvHcCIhw=");
    }
  }

  @Test
  void theBatchInFlightFinishesBeforeTheEnd() throws Exception {
    try (LocalRun run = LocalRun.start(OPTIONS)) {
      put(run, "one");
      assertThat(SmallHandlers.BEGUN.tryAcquire(20, SECONDS)).isTrue();
      Thread closing = Thread.ofPlatform().start(run::close);
      assertThat(SmallHandlers.ENDED).isEmpty();
      SmallHandlers.MAY_END.release();
      assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
      assertThat(SmallHandlers.ENDED).containsExactly("done");
    }
  }

  @Test
  void aTakenPortIsNamedAndNothingIsLeft() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> LocalRun.start(OPTIONS.onPort(taken.getLocalPort()).keptIn(temporary)))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "port %d is taken by another process: end that one, or choose another with --port"
                  .formatted(taken.getLocalPort()));
    }
    DataFolder.hold(temporary).close();
  }

  @Test
  void aSecondRunOnAFolderIsRefusedBeforeAnythingIsAnnounced() throws Exception {
    List<String> announced = new ArrayList<>();
    try (LocalRun run = LocalRun.start(OPTIONS.keptIn(temporary))) {
      assertThatThrownBy(
              () -> LocalRun.start(OPTIONS.keptIn(temporary), d -> announced.add("started")))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("data folder " + temporary + " is used by another run");
      assertThat(announced).isEmpty();
      SmallHandlers.MAY_END.release();
      put(run, "the first run goes on");
      assertThat(SmallHandlers.ENDED.poll(20, SECONDS)).isEqualTo("done");
    }
  }

  @Test
  void whatIsKeptIsThereInTheNextRunAndItsBatchIsNotRepeated() throws Exception {
    SmallHandlers.MAY_END.release(2);
    try (LocalRun run = LocalRun.start(OPTIONS.keptIn(temporary))) {
      put(run, "one");
      assertThat(SmallHandlers.ENDED.poll(20, SECONDS)).isEqualTo("done");
    }
    try (LocalRun run = LocalRun.start(OPTIONS.keptIn(temporary));
        DynamoDbClient client = client(run, "test")) {
      assertThat(client.scan(r -> r.tableName(run.tableNames().get("Items"))).items()).hasSize(1);
      put(run, "two");
      assertThat(SmallHandlers.ENDED.poll(20, SECONDS)).isEqualTo("done");
      assertThat(SmallHandlers.BEGUN.drainPermits()).as("batches, one a run").isEqualTo(2);
    }
  }

  @Test
  void aMissingHandlerEndsWhatHadStarted() throws Exception {
    int port = freePort();
    RunOptions wrong = OPTIONS.onPort(port).with(Map.of("BatchHandler", "io.example.No::where"));
    assertThatThrownBy(() -> LocalRun.start(wrong.keptIn(temporary)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("function BatchFunction: handler io.example.No::where");
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    DataFolder.hold(temporary).close();
  }

  @Test
  void codeThatIsLookedAtAndIsNoJarIsRefusedBeforeAnythingStarts() {
    List<String> announced = new ArrayList<>();
    assertThatThrownBy(
            () ->
                LocalRun.start(OPTIONS.checking(new JarHandlers()), d -> announced.add("started")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("target/test-classes is no jar that can be read");
    assertThat(announced).isEmpty();
  }

  @Test
  void aWrongTemplateIsRefusedWithItsLine() {
    Path missing = temporary.resolve("template.yaml");
    assertThatThrownBy(() -> LocalRun.start(RunOptions.of(missing)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void whatIsPutAroundTheFunctionsSeesRoutesAndMappings() throws Exception {
    SmallHandlers.MAY_END.release();
    List<String> invoked = Collections.synchronizedList(new ArrayList<>());
    RunOptions options = OPTIONS.around(functions -> noting(invoked, functions));
    try (HttpClient http = HttpClient.newHttpClient();
        LocalRun run = LocalRun.start(options)) {
      http.newWebSocketBuilder()
          .buildAsync(run.address(), closing(new CompletableFuture<>()))
          .get(10, SECONDS);
      put(run, "one");
      assertThat(SmallHandlers.ENDED.poll(20, SECONDS)).isEqualTo("done");
      assertThat(invoked).containsExactly("ConnectFunction", "BatchFunction");
    }
  }

  @Test
  void thePlansFaultsStrikeBesideWhatTheGatewayIsToldAndAreCounted() throws Exception {
    FaultPlan plan = new FaultPlan(Map.of("stream-stall", 1.0, "post-gone", 0.0), 1);
    try (LocalRun run = LocalRun.start(OPTIONS.struckBy(plan))) {
      put(run, "one");
      Eventually.await("stalls", () -> run.faultsStruck().getOrDefault("stream-stall", 0L) > 2);
      assertThat(SmallHandlers.BEGUN.availablePermits()).isZero();
      assertThat(run.faultsStruck()).containsOnlyKeys("stream-stall", "post-gone");
      assertThat(run.faultsStruck()).containsEntry("post-gone", 0L);
    }
  }

  @Test
  void aFunctionsReadMayMissWhatWasWrittenLastAndAnOperatorsMayNot() throws Exception {
    SmallHandlers.MAY_END.release(100);
    FaultPlan plan = new FaultPlan(Map.of("table-stale-read", 1.0), 1);
    boolean missed = false;
    try (LocalRun run = LocalRun.start(OPTIONS.struckBy(plan));
        DynamoDbClient operator = client(run, "test");
        DynamoDbClient function = client(run, DISCONNECT_KEY)) {
      // A write is seen after a second, so on a slow machine one may be seen at once.
      for (int i = 0; i < 100 && !missed; i++) {
        String id = "item " + i;
        put(run, id);
        assertThat(exists(operator, run, id)).isTrue();
        missed = !exists(function, run, id);
      }
      assertThat(missed).isTrue();
      assertThat(run.faultsStruck()).containsExactly(Map.entry("table-stale-read", 1L));
    }
  }

  private static boolean exists(DynamoDbClient client, LocalRun run, String id) {
    return client
        .getItem(
            r ->
                r.tableName(run.tableNames().get("Items"))
                    .key(Map.of("id", AttributeValue.fromS(id))))
        .hasItem();
  }

  @Test
  void anotherEndChangesNothing() throws Exception {
    LocalRun run = LocalRun.start(OPTIONS);
    run.close();
    run.close();
  }

  private static Functions noting(List<String> invoked, Functions functions) {
    return (function, event) -> {
      invoked.add(function);
      return functions.invoke(function, event);
    };
  }

  private static WebSocket.Listener closing(CompletableFuture<Integer> closed) {
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  private static void put(LocalRun run, String id) {
    try (DynamoDbClient client = client(run, "test")) {
      client.putItem(
          r ->
              r.tableName(run.tableNames().get("Items"))
                  .item(Map.of("id", AttributeValue.fromS(id))));
    }
  }

  private static DynamoDbClient client(LocalRun run, String accessKey) {
    return DynamoDbClient.builder()
        .endpointOverride(run.dynamoDb())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static ApiGatewayManagementApiClient posts(LocalRun run, String accessKey) {
    return ApiGatewayManagementApiClient.builder()
        .endpointOverride(run.connectionsEndpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "test")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
