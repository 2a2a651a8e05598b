package io.roomlog.tests.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that takes down every frame. */
public final class Client implements AutoCloseable {

  /** More at once wait for one another, and then for too long. */
  private static final int CONNECTING_MAX = 100;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Frames frames;
  private final WebSocket socket;
  private final AtomicInteger asked = new AtomicInteger();

  private Client(Frames frames, WebSocket socket) {
    this.frames = frames;
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param address with the query, e.g. {@code ws://localhost:3001/Prod?room=lobby}
   */
  public static Client connect(URI address) {
    return connecting(address).join();
  }

  /** Connects, offering a subprotocol. */
  public static Client connect(URI address, String subprotocol) {
    return connecting(HTTP.newWebSocketBuilder().subprotocols(subprotocol), address).join();
  }

  /**
   * Connects with headers of its own.
   *
   * @param protocols what it offers, if anything
   */
  public static Client connect(URI address, Map<String, String> headers, String... protocols) {
    return connecting(builder(headers, protocols), address).join();
  }

  private static WebSocket.Builder builder(Map<String, String> headers, String... protocols) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    headers.forEach(builder::header);
    return protocols.length == 0
        ? builder
        : builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
  }

  /** Connects, with others at the same time. */
  public static CompletableFuture<Client> connecting(URI address) {
    return connecting(HTTP.newWebSocketBuilder(), address);
  }

  private static CompletableFuture<Client> connecting(WebSocket.Builder builder, URI address) {
    Frames frames = new Frames();
    return builder.buildAsync(address, frames).thenApply(socket -> new Client(frames, socket));
  }

  /** Connects many, a few at a time, in the order of their numbers from 0. */
  public static List<Client> connectAll(int count, IntFunction<URI> addresses) {
    return IntStream.range(0, count)
        .boxed()
        .gather(Gatherers.windowFixed(CONNECTING_MAX))
        .flatMap(
            window ->
                window.stream().map(number -> connecting(addresses.apply(number))).toList().stream()
                    .map(CompletableFuture::join))
        .toList();
  }

  /**
   * The status that a handshake is refused with.
   *
   * @throws AssertionError if it is not refused
   */
  public static int refusal(URI address, String... subprotocols) {
    return refusal(address, Map.of(), subprotocols);
  }

  /** As {@link #refusal(URI, String...)}, with headers of its own. */
  public static int refusal(URI address, Map<String, String> headers, String... subprotocols) {
    try {
      builder(headers, subprotocols).buildAsync(address, new Frames()).join().abort();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
    throw new AssertionError("the handshake was not refused: " + address);
  }

  /** Sends a frame; returns when it is on its way. */
  public Client send(String frame) {
    socket.sendText(frame, true).orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    return this;
  }

  /** Sends a binary frame; returns when it is on its way. */
  public Client sendBinary(byte[] bytes) {
    socket
        .sendBinary(ByteBuffer.wrap(bytes), true)
        .orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
    return this;
  }

  /** Sends {@code {"action":"sendmessage","data":…}}; the text must need no escaping. */
  public Client say(String text) {
    return send("{\"action\":\"sendmessage\",\"data\":\"" + text + "\"}");
  }

  /**
   * Sends a frame that is answered, and waits for the answer.
   *
   * @param fields of the frame, without its braces; the reference is added
   */
  public JsonNode ask(String action, String fields) {
    String ref = "ask-" + asked.incrementAndGet();
    String more = fields.isEmpty() ? "" : "," + fields;
    send("{\"action\":\"" + action + "\",\"ref\":\"" + ref + "\"" + more + "}");
    Await.until(
        "an answer to " + action, Await.LIMIT, () -> "got " + frames(), () -> answer(ref) != null);
    return Objects.requireNonNull(answer(ref));
  }

  private @Nullable JsonNode answer(String ref) {
    return frames().stream()
        .flatMap(frame -> Json.parse(frame).stream())
        .filter(frame -> frame.path("ref").asText().equals(ref))
        .findFirst()
        .orElse(null);
  }

  /** The entries that were pushed so far, in the order of their arrival. */
  public List<JsonNode> pushed() {
    return frames().stream()
        .flatMap(frame -> Json.parse(frame).stream())
        .filter(frame -> frame.path("type").asText().equals("messages"))
        .flatMap(frame -> frame.path("messages").valueStream())
        .toList();
  }

  /** The subprotocol that the server has echoed, or an empty text. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /** The frames so far, in the order of their arrival. */
  public List<String> frames() {
    return frames.soFar();
  }

  /** Waits until so many frames have arrived, and gives them all. */
  public List<String> awaitFrames(int count) {
    Await.until(
        count + " frames", Await.LIMIT, () -> "got " + frames(), () -> frames.count() >= count);
    return frames();
  }

  /** How many frames have arrived. */
  public int count() {
    return frames.count();
  }

  /** When each frame arrived, by {@link System#nanoTime}. */
  public List<Long> arrivals() {
    return frames.arrivals();
  }

  /** Waits for the other side to close, and gives its code. */
  public int awaitClose() {
    return frames.closed.orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Cuts the connection without a close frame. */
  public void cut() {
    socket.abort();
  }

  /** Closes as a client should. */
  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket
          .sendClose(WebSocket.NORMAL_CLOSURE, "")
          .orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
          .exceptionally(_ -> socket)
          .join();
    }
  }

  private static final class Frames implements WebSocket.Listener {
    private final List<String> arrived = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public synchronized @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        arrived.add(partial.toString());
        arrivals.add(System.nanoTime());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }

    synchronized List<String> soFar() {
      return List.copyOf(arrived);
    }

    synchronized List<Long> arrivals() {
      return List.copyOf(arrivals);
    }

    synchronized int count() {
      return arrived.size();
    }
  }
}
