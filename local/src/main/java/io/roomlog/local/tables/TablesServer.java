package io.roomlog.local.tables;

import io.roomlog.local.deployment.Table;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * DynamoDB Local in this process, behind a server of ours.
 *
 * <p>Its own server listens on all interfaces, reports its start to a telemetry service and ends
 * the process when its port is taken. Its request handler does none of that, so only that is used.
 *
 * <p>All access keys see the same tables.
 */
public final class TablesServer implements AutoCloseable {
  private static final int THREADS_MAX = 64;

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("roomlog", "roomlog"));

  // Held here, since java.util.logging forgets the level of a logger that nobody holds.
  private static final java.util.logging.Logger SQLITE =
      java.util.logging.Logger.getLogger("com.almworks.sqlite4java");

  static {
    SQLITE.setLevel(Level.WARNING);
  }

  private final Server server;
  private final ServerConnector connector;
  private final LocalDynamoDBRequestHandler storage;

  private TablesServer(LocalDynamoDBRequestHandler storage, UnaryOperator<Handler> front) {
    this.storage = storage;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX);
    threads.setName("tables");
    threads.setDaemon(true);
    server = new Server(threads);
    server.setHandler(front.apply(new LocalDynamoDBServerHandler(storage, null)));
    connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
  }

  /**
   * Starts with no tables, on a free port of the loopback interface. What is stored ends with it.
   *
   * @param front wraps the handler of every request, e.g. to refuse some
   * @throws TablesStartException if it cannot start; nothing is left running
   */
  public static TablesServer inMemory(UnaryOperator<Handler> front) {
    return start(null, front);
  }

  /**
   * Starts with the tables that a folder holds. Whoever holds the folder lets go of it, once this
   * is closed.
   *
   * @param front wraps the handler of every request, e.g. to refuse some
   * @throws TablesStartException if it cannot start; nothing is left running
   */
  public static TablesServer in(DataFolder folder, UnaryOperator<Handler> front) {
    return start(folder, front);
  }

  private static TablesServer start(@Nullable DataFolder folder, UnaryOperator<Handler> front) {
    TablesServer tables = null;
    try {
      SQLiteLibraryLoader.initialize();
      tables = new TablesServer(storage(folder), front);
      tables.server.start();
      return tables;
    } catch (Exception e) {
      if (tables != null) {
        tables.close();
      }
      throw new TablesStartException("DynamoDB Local did not start: " + e, e);
    }
  }

  private static LocalDynamoDBRequestHandler storage(@Nullable DataFolder folder) {
    String path = folder == null ? null : folder.path().toString();
    return new LocalDynamoDBRequestHandler(0, folder == null, path, true, false);
  }

  /** Answers calls without the network. */
  Handler handler() {
    return server.getHandler();
  }

  /** Where DynamoDB's and DynamoDB Streams' calls go. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /**
   * Creates the tables that do not exist yet.
   *
   * @return the ARN of each table's stream, by the table's logical id; none for tables without one
   * @throws TablesStartException if a table that exists has other keys or another stream than asked
   *     for, which names the table and what differs
   */
  public Map<String, String> create(List<Table> tables) {
    try (DynamoDbClient client = client()) {
      return new TableCreation(client).createMissing(tables);
    }
  }

  /** A client of the tables, which the caller closes. */
  public DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** A client of the tables' streams, which the caller closes. */
  public DynamoDbStreamsClient streams() {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** Ends the server, then the storage. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the tables' server did not stop", e);
    } finally {
      storage.shutdown();
    }
  }
}
