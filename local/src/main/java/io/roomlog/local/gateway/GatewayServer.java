package io.roomlog.local.gateway;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.functions.Functions;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket API of API Gateway on this machine: clients connect at {@code
 * ws://localhost:PORT/STAGE}, and backends call {@code @connections} at {@code
 * http://localhost:PORT/STAGE}, which an SDK's {@code ApiGatewayManagementApi} client takes as its
 * endpoint.
 *
 * <p>It knows the API and its functions from the template and nothing else of them. An open
 * connection holds no thread: Jetty's few threads read and write, functions are called on virtual
 * ones.
 */
public final class GatewayServer {

  private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

  /** Accepts, selects, reads and writes; none of it blocks. */
  private static final int THREADS_MAX = 16;

  private final GatewayConfiguration configuration;
  private final Api api;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("gateway-sweep").daemon().factory());
  private final Connections connections = new Connections();
  private final GatewayListener listener;
  private final StageHandler stage;
  private final PageFiles page;
  private final Server server;

  /**
   * Puts a gateway together with nothing beside its stage; nothing listens yet.
   *
   * @see #GatewayServer(GatewayConfiguration, Api, Functions, CallPermissions, Faults,
   *     OperatorView, Optional, PageFiles)
   */
  public GatewayServer(
      GatewayConfiguration configuration,
      Api api,
      Functions functions,
      CallPermissions permissions,
      Faults faults) {
    this(
        configuration,
        api,
        functions,
        permissions,
        faults,
        OperatorView.none(),
        Optional.empty(),
        PageFiles.none());
  }

  /**
   * Puts a gateway together; nothing listens yet.
   *
   * @param configuration its port and its limits
   * @param api the template's WebSocket API
   * @param functions the functions behind its routes
   * @param permissions what callers of {@code @connections} may do
   * @param faults when it misbehaves
   * @param view what whoever runs it sees on its port
   * @param beside takes its own requests, before the stage's are looked at, and no others
   * @param page the page that its port shows
   * @throws IllegalArgumentException if the API's route selection expression is none
   */
  public GatewayServer(
      GatewayConfiguration configuration,
      Api api,
      Functions functions,
      CallPermissions permissions,
      Faults faults,
      OperatorView view,
      Optional<Handler> beside,
      PageFiles page) {
    this.configuration = configuration;
    this.api = api;
    this.page = page;
    this.server = new Server(threads());
    Ids ids = new Ids(configuration.random());
    Answers answers = new Answers(ids);
    Events events = new Events(api, configuration, ids);
    AccountThrottle throttle = new AccountThrottle(configuration.rate(), configuration.clock());
    StageThrottle stageThrottle =
        new StageThrottle(Optional.ofNullable(api.throttling()), configuration.clock());
    Integration integration = new Integration(functions, calls, configuration.integrationTimeout());
    this.listener =
        new GatewayListener(
            connections,
            new MessageDispatch(
                new RouteSelector(api), events, integration, throttle, stageThrottle, ids, calls),
            new Disconnects(api, events, integration, faults, calls));
    Handshake handshake =
        new Handshake(
            new Admission(api, events, integration, configuration.clock()),
            listener,
            upgrades(server),
            configuration,
            ids,
            answers,
            calls);
    ConnectionsApi connectionsApi =
        new ConnectionsApi(
            api.stage(),
            events.stageArn(),
            connections,
            permissions,
            throttle,
            new Posts(connections, faults, answers),
            answers);
    this.stage =
        new StageHandler(
            api.stage(),
            handshake,
            connectionsApi,
            new OperatorEndpoint(view, answers),
            new PageEndpoint(page, api.stage(), answers, calls),
            throttle,
            stageThrottle,
            answers);
    server.setHandler(
        beside.<Handler>map(other -> new Handler.Sequence(other, stage)).orElse(stage));
  }

  /**
   * Listens from now on.
   *
   * @throws PortTakenException if another process has the port
   * @throws GatewayStartException if it cannot start for another reason
   */
  public void start() throws PortTakenException {
    try {
      Listeners.open(server, configuration.port());
      server.start();
    } catch (PortTakenException e) {
      throw e;
    } catch (Exception e) {
      throw new GatewayStartException(configuration.port(), e);
    }
    long interval = configuration.sweepInterval().toNanos();
    Expiry expiry = new Expiry(configuration.idleTimeout(), configuration.lifetime());
    // Kept nowhere: a sweep does not fail, and the timer's end is its end.
    var _ =
        timer.scheduleWithFixedDelay(
            new Sweep(connections, expiry, configuration.clock()),
            interval,
            interval,
            TimeUnit.NANOSECONDS);
    log.atInfo().addKeyValue("address", address()).log("gateway_started");
  }

  /** The port it listens on. */
  public int port() {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  /** Where clients connect. */
  public URI address() {
    return URI.create("ws://localhost:" + port() + "/" + api.stage());
  }

  /** What backends give an SDK's client as its endpoint. */
  public URI connectionsEndpoint() {
    return URI.create("http://localhost:" + port() + "/" + api.stage());
  }

  /** Where the page is that this port shows, if it has one. */
  public Optional<URI> page() {
    return page.address(port());
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.size();
  }

  /** Who is connected, the longest first. */
  public List<ConnectedClient> clients() {
    return connections.all().stream()
        .map(
            connection ->
                new ConnectedClient(
                    connection.client().connectionId(),
                    connection.client().connectedAt(),
                    connection.lastActiveAt()))
        .sorted(Comparator.comparing(ConnectedClient::connectedAt))
        .toList();
  }

  /**
   * Closes every connection with 1001, waits for the sockets and for {@code $disconnect}, as long
   * as the configuration says at most, and stops listening. {@code @connections} answers until
   * then, so that a push in flight learns that its clients are gone.
   */
  public void stop() throws InterruptedException {
    stage.close();
    listener.closeAll();
    boolean done = listener.outstanding().awaitNone(configuration.stopTimeout());
    if (!done) {
      log.atWarn().addKeyValue("connections", connections.size()).log("stop_timed_out");
    }
    timer.shutdownNow();
    calls.shutdownNow();
    try {
      server.stop();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the gateway's server did not stop", e);
    }
    log.atInfo().log("gateway_stopped");
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX);
    threads.setName("gateway");
    threads.setDaemon(true);
    return threads;
  }

  private static WebSocketMappings upgrades(Server server) {
    WebSocketComponents components = WebSocketServerComponents.ensureWebSocketComponents(server);
    // Whether AWS negotiates compression is not known; not offering it is always understood.
    components.getExtensionRegistry().unregister("permessage-deflate");
    return new WebSocketMappings(components);
  }
}
