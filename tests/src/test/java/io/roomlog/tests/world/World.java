package io.roomlog.tests.world;

import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.DynamoBans;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.local.FunctionMode;
import io.roomlog.local.LocalRun;
import io.roomlog.local.RunOptions;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.template.JarHandlers;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The repository's template, run with its functions where {@value #FUNCTIONS} says; and a look into
 * its tables.
 */
public final class World implements AutoCloseable {

  /** The template that is deployed, and no copy of it. */
  public static final Path TEMPLATE = Path.of("..", "template.yaml");

  /**
   * The system property that says where functions run, as {@code --functions} does; in this process
   * unless it is set. The build runs all scenarios with each of its values.
   */
  public static final String FUNCTIONS = "roomlog.functions";

  /** A function's processes at most: each takes a processor while it starts. */
  private static final int PROCESSES_MAX = 2;

  /** More than a handshake can take, so that a 410 counts. */
  private static final Duration OLD = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(20);

  /** Tests send as fast as they can, unless it is their subject how fast one may. */
  public static final Map<String, String> UNHURRIED =
      Map.of("SendsPerSecond", "999", "SendsBurst", "9999");

  private final LocalRun run;
  private final CountedFunctions functions;
  private final DynamoDbClient dynamo;

  private World(LocalRun run, CountedFunctions functions) {
    this.run = run;
    this.functions = functions;
    this.dynamo =
        DynamoDbClient.builder()
            .endpointOverride(run.dynamoDb())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("tests", "tests")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** A client of its tables, for whatever they are asked; closed with it. */
  public DynamoDbClient dynamo() {
    return dynamo;
  }

  /** Starts it with the stream polled faster than Lambda does, so that tests wait less. */
  public static World start() {
    return start(UnaryOperator.identity());
  }

  /** Starts it with options of a test's own. */
  public static World start(UnaryOperator<RunOptions> options) {
    return start(TEMPLATE, start -> options.apply(start.checking(new JarHandlers())));
  }

  /** Starts another template, e.g. the deployed one with something changed. */
  public static World start(Path template, UnaryOperator<RunOptions> options) {
    CountedFunctions counted = new CountedFunctions();
    RunOptions chosen = options.apply(unchanged(template));
    UnaryOperator<Functions> around = chosen.around();
    try {
      return new World(
          LocalRun.start(chosen.around(functions -> counted.around(around.apply(functions)))),
          counted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }

  private static RunOptions unchanged(Path template) {
    RunOptions options = RunOptions.of(template).with(UNHURRIED).polling(POLL).in(mode());
    return inThisProcess() ? options : options.atMost(PROCESSES_MAX);
  }

  /**
   * Where functions run.
   *
   * @throws IllegalStateException if {@value #FUNCTIONS} is set to anything else
   */
  public static FunctionMode mode() {
    String text = System.getProperty(FUNCTIONS, FunctionMode.IN_PROCESS.toString());
    return Arrays.stream(FunctionMode.values())
        .filter(mode -> mode.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "-D%s is '%s'; it must be one of %s"
                        .formatted(FUNCTIONS, text, List.of(FunctionMode.values()))));
  }

  /** Whether functions run in this process; a condition for what can be seen only there. */
  public static boolean inThisProcess() {
    return mode() == FunctionMode.IN_PROCESS;
  }

  /** How many invocations of a function have ended. */
  public int ended(String function) {
    return functions.ended(function);
  }

  /** The variables that a function of its own would need to run beside the run's. */
  public Map<String, String> environment(String function) {
    Map<String, String> environment = new HashMap<>();
    run.deployment().functions().stream()
        .filter(one -> one.logicalId().equals(function))
        .forEach(one -> environment.putAll(one.environment()));
    environment.put("AWS_REGION", Region.US_EAST_1.id());
    environment.put("AWS_ACCESS_KEY_ID", "tests");
    environment.put("AWS_SECRET_ACCESS_KEY", "tests");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", run.dynamoDb().toString());
    environment.put(
        "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", run.connectionsEndpoint().toString());
    return environment;
  }

  /** Where a client with that query connects, e.g. {@code room=lobby&name=ann}. */
  public URI address(String query) {
    return URI.create(run.address() + (query.isEmpty() ? "" : "?" + query));
  }

  /** Connects a client. */
  public Client connect(String query) {
    return Client.connect(address(query));
  }

  /** Connects a client that speaks {@code roomlog.v1}. */
  public Client connectRoomlog(String query) {
    return Client.connect(address(query), "roomlog.v1");
  }

  /** The log as it is stored. */
  public LogStore log() {
    return new DynamoLogStore(
        dynamo, table("RoomsTable"), table("MessagesTable"), table("SendsTable"));
  }

  /** The bans as they are stored. */
  public BanStore bans() {
    return new DynamoBans(dynamo, table("RoomsTable"));
  }

  /** Who is in a room, as it is stored. */
  public List<Member> members(RoomName room) {
    return membership().members(room, Instant.now());
  }

  /** Who is in a room, with senders and names, as it is stored. */
  public List<Connection> connections(RoomName room) {
    return membership().connections(room, Instant.now());
  }

  /** The memberships as they are stored, to be changed behind the functions' back. */
  public Membership membership() {
    return new DynamoMembership(
        dynamo, table("RoomsTable"), table("ConnectionsTable"), new SecureRandom());
  }

  /**
   * Makes a membership look older than any handshake, so that a 410 from its connection counts at
   * once.
   */
  public void age(RoomName room, Connection young) {
    membership()
        .join(
            room,
            new Connection(
                young.id(),
                young.dialect(),
                young.sender(),
                young.name(),
                young.joinedAt().minus(OLD),
                young.expiresAt()));
  }

  /** Rows that count and behind which nobody is. */
  public ExpiredRows expiredRows(RoomName room, int count) {
    return new ExpiredRows(dynamo, table("ConnectionsTable"), room, count);
  }

  /** How many items a table has. */
  public int items(String logicalId) {
    return dynamo.scanPaginator(request -> request.tableName(table(logicalId))).stream()
        .mapToInt(page -> page.count())
        .sum();
  }

  private String table(String logicalId) {
    String name = run.tableNames().get(logicalId);
    if (name == null) {
      throw new AssertionError("the template has no table " + logicalId);
    }
    return name;
  }

  /** The run itself. */
  public LocalRun run() {
    return run;
  }

  @Override
  public void close() {
    dynamo.close();
    run.close();
  }
}
