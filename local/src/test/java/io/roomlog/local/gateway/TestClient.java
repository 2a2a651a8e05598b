package io.roomlog.local.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that keeps what it gets. */
final class TestClient implements WebSocket.Listener, AutoCloseable {

  private static final long WAIT_SECONDS_MAX = 10;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How the server closed the connection. */
  record Closed(int code, String reason) {}

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;

  static TestClient connect(URI address, String... subprotocols) throws Exception {
    TestClient client = new TestClient();
    client.socket = client.handshake(address, subprotocols);
    return client;
  }

  /** The HTTP status with which a handshake is refused. */
  static int refusal(URI address) throws Exception {
    try {
      new TestClient().handshake(address).abort();
    } catch (WebSocketHandshakeException e) {
      return e.getResponse().statusCode();
    }
    throw new AssertionError("the handshake was accepted");
  }

  private WebSocket handshake(URI address, String... subprotocols) throws Exception {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().header("User-Agent", "test-client");
    if (subprotocols.length > 0) {
      String[] more = java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length);
      builder.subprotocols(subprotocols[0], more);
    }
    try {
      return builder.buildAsync(address, this).get(WAIT_SECONDS_MAX, SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw refused;
      }
      throw e;
    }
  }

  WebSocket socket() {
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }

  void send(String text) throws Exception {
    socket().sendText(text, true).get(WAIT_SECONDS_MAX, SECONDS);
  }

  void close(int code, String reason) throws Exception {
    socket().sendClose(code, reason).get(WAIT_SECONDS_MAX, SECONDS);
  }

  /** The next message, which must come within the limit. */
  String take() throws InterruptedException {
    String text = texts.poll(WAIT_SECONDS_MAX, SECONDS);
    if (text == null) {
      throw new AssertionError("no message");
    }
    return text;
  }

  int untaken() {
    return texts.size();
  }

  /** How the server closed the connection, which it must within the limit. */
  Closed awaitClosed() throws InterruptedException, ExecutionException, TimeoutException {
    return closed.get(WAIT_SECONDS_MAX, SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      texts.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket().abort();
  }
}
