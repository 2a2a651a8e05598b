package io.roomlog.fanout.posts;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpClientConnectionManagerOptions;
import software.amazon.awssdk.crt.http.HttpManagerMetrics;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.TlsConnectionOptions;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;

/** HTTP/1.1 connections to one host, kept for further requests. */
final class Pool implements Wire, AutoCloseable {

  /** Shorter than what load balancers keep; the SDK's own default for its clients. */
  private static final Duration IDLE_MAX = Duration.ofSeconds(60);

  private static final String TLS = "https";
  private static final int TLS_PORT = 443;
  private static final int PLAIN_PORT = 80;

  private final HttpClientConnectionManager connections;
  private final Duration callMax;

  private Pool(HttpClientConnectionManager connections, Duration callMax) {
    this.connections = connections;
    this.callMax = callMax;
  }

  /**
   * An empty pool.
   *
   * @param server its scheme, host and port
   * @param connections at once, at most
   * @param tls what is asked of the server's certificate
   * @param callMax how long one request may take, with the wait for a connection
   */
  static Pool to(URI server, int connections, TlsContextOptions tls, Duration callMax) {
    int connectMax = Math.toIntExact(callMax.toMillis());
    try (SocketOptions socket = new SocketOptions()) {
      socket.connectTimeoutMs = connectMax;
      HttpClientConnectionManagerOptions options =
          new HttpClientConnectionManagerOptions()
              .withUri(server)
              .withPort(port(server))
              .withClientBootstrap(ClientBootstrap.getOrCreateStaticDefault())
              .withSocketOptions(socket)
              .withMaxConnections(connections)
              .withMaxConnectionIdleInMilliseconds(IDLE_MAX.toMillis());
      if (!TLS.equals(server.getScheme())) {
        return new Pool(HttpClientConnectionManager.create(options), callMax);
      }
      try (TlsContext context = new TlsContext(tls);
          TlsConnectionOptions handshake = new TlsConnectionOptions(context)) {
        // Ten seconds otherwise, in which those that stall would take up all of the pool.
        handshake.withServerName(server.getHost()).withTimeoutMs(connectMax);
        options.withTlsConnectionOptions(handshake);
        return new Pool(HttpClientConnectionManager.create(options), callMax);
      }
    }
  }

  private static int port(URI server) {
    if (server.getPort() > 0) {
      return server.getPort();
    }
    return TLS.equals(server.getScheme()) ? TLS_PORT : PLAIN_PORT;
  }

  @Override
  public int send(HttpRequest request) throws IOException, InterruptedException {
    Exchange exchange = Exchange.begin(connections, request);
    try {
      return exchange.answer().get(callMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      boolean neverBegun = exchange.giveUp();
      NoAnswerInTime late = new NoAnswerInTime(callMax);
      throw neverBegun ? new NotConnected(late) : late;
    } catch (InterruptedException e) {
      exchange.giveUp();
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NotConnected never ? never : new IOException(e.getCause());
    }
  }

  /** How many connections are open and in use. */
  HttpManagerMetrics metrics() {
    return connections.getManagerMetrics();
  }

  /** Closes what is idle, and what is in use when its request is over. */
  @Override
  public void close() {
    connections.close();
  }
}
