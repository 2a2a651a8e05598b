package io.roomlog.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The reference client on the JDK's WebSocket. Everything the client does happens on one thread of
 * its own; what it has told so far may be looked at from any.
 */
public final class SocketClient implements AutoCloseable {

  /** The subprotocol that asks for positions, acknowledgements and replay. */
  public static final String SUBPROTOCOL = "roomlog.v1";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Supplier<URI> address;
  private final RoomlogClient client;
  private final InstantSource clock;
  private final ScheduledExecutorService thread = newThread();
  private final Consumer<Output> listener;
  private final List<Output> told = new ArrayList<>();
  private @Nullable Connection connection;
  private @Nullable ScheduledFuture<?> alarm;

  private SocketClient(
      Supplier<URI> address,
      RoomlogClient client,
      InstantSource clock,
      @Nullable Consumer<Output> listener) {
    this.address = address;
    this.client = client;
    this.clock = clock;
    this.listener = listener == null ? this::remember : listener;
  }

  /** Each frame sets the alarm anew: what it is no more would stay in the queue until its time. */
  private static ScheduledExecutorService newThread() {
    var thread = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().factory());
    thread.setRemoveOnCancelPolicy(true);
    return thread;
  }

  /**
   * Starts to connect, and does so again whenever the connection is lost.
   *
   * @param address with the query, e.g. {@code ws://localhost:3001/Prod?room=lobby&client=k1}. The
   *     {@code client} key makes a message that is repeated over a reconnect known
   * @param client which follows its rooms already
   */
  public static SocketClient start(URI address, RoomlogClient client, InstantSource clock) {
    return start(() -> address, client, clock);
  }

  /**
   * As {@link #start(URI, RoomlogClient, InstantSource)}, where tokens are asked for.
   *
   * @param address is asked for each connection, since its token expires
   */
  public static SocketClient start(
      Supplier<URI> address, RoomlogClient client, InstantSource clock) {
    return started(new SocketClient(address, client, clock, null));
  }

  /**
   * As {@link #start(URI, RoomlogClient, InstantSource)}, for a client that hears too much to keep
   * it.
   *
   * @param listener is told in place of {@link #told}, which stays empty; on the client's thread
   */
  public static SocketClient start(
      URI address, RoomlogClient client, InstantSource clock, Consumer<Output> listener) {
    return started(new SocketClient(() -> address, client, clock, listener));
  }

  private static SocketClient started(SocketClient client) {
    client.later(client.client::tick);
    return client;
  }

  /** A client that follows rooms from now on, on the machine's clock. */
  public static SocketClient start(URI address, String... rooms) {
    RoomlogClient client = new RoomlogClient(RandomGenerator.getDefault());
    List.of(rooms).forEach(client::follow);
    return start(address, client, InstantSource.system());
  }

  /** Stores a text under an id. */
  public void send(String room, String id, String text) {
    later(now -> client.send(room, id, TextNode.valueOf(text), now));
  }

  /** What the client has told so far, in order. */
  public synchronized List<Output> told() {
    return List.copyOf(told);
  }

  /** The entries received so far in a room, in order, voids among them. */
  public List<JsonNode> received(String room) {
    return told().stream()
        .<JsonNode>mapMulti(
            (output, entries) -> {
              if (output instanceof Output.Received(String in, _, JsonNode entry)
                  && in.equals(room)) {
                entries.accept(entry);
              }
            })
        .toList();
  }

  /** The messages acknowledged so far. */
  public List<Output.Stored> stored() {
    return told().stream()
        .filter(Output.Stored.class::isInstance)
        .map(Output.Stored.class::cast)
        .toList();
  }

  /** Cuts the connection without a close; the client connects again. */
  public void cut() {
    later(
        now -> {
          hangUp();
          return client.disconnected(now);
        });
  }

  /** Ends without a close frame, and connects no more. */
  @Override
  public void close() {
    thread.execute(this::hangUp);
    thread.shutdown();
  }

  private void later(Function<Instant, List<Output>> step) {
    thread.execute(() -> perform(step.apply(clock.instant())));
  }

  private void perform(List<Output> outputs) {
    for (Output output : outputs) {
      switch (output) {
        case Output.Connect() -> connect();
        case Output.Disconnect() -> hangUp();
        case Output.Send(String frame) -> send(frame);
        case Output tell -> listener.accept(tell);
      }
    }
    setAlarm();
  }

  private synchronized void remember(Output output) {
    told.add(output);
  }

  private void setAlarm() {
    if (alarm != null) {
      alarm.cancel(false);
    }
    Instant at = client.wakeAt();
    if (!at.equals(Request.NEVER)) {
      Duration wait =
          at.equals(Instant.MIN) ? Duration.ZERO : Duration.between(clock.instant(), at);
      alarm =
          thread.schedule(
              () -> perform(client.tick(clock.instant())),
              wait.toMillis() + 1,
              TimeUnit.MILLISECONDS);
    }
  }

  private void connect() {
    Connection opening = new Connection();
    connection = opening;
    var _ =
        HTTP.newWebSocketBuilder()
            .subprotocols(SUBPROTOCOL)
            .buildAsync(address.get(), opening)
            .whenComplete(
                (_, failure) -> {
                  if (failure != null) {
                    opening.closed();
                  }
                });
  }

  private void send(String frame) {
    if (connection != null) {
      connection.send(frame);
    }
  }

  private void hangUp() {
    if (connection != null) {
      connection.abort();
      connection = null;
    }
  }

  /** One connection; what comes from any but the last is not heard. */
  private final class Connection implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();
    private CompletableFuture<WebSocket> sent = new CompletableFuture<>();

    void send(String frame) {
      sent = sent.thenCompose(socket -> socket.sendText(frame, true));
    }

    void abort() {
      var _ = sent.thenAccept(WebSocket::abort);
    }

    private void ifLast(Function<Instant, List<Output>> step) {
      if (!thread.isShutdown()) {
        later(now -> connection == this ? step.apply(now) : List.of());
      }
    }

    void closed() {
      ifLast(
          now -> {
            connection = null;
            return client.disconnected(now);
          });
    }

    @Override
    public void onOpen(WebSocket socket) {
      sent.complete(socket);
      ifLast(client::connected);
      socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        String frame = partial.toString();
        partial.setLength(0);
        ifLast(now -> client.frame(frame, now));
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed();
    }
  }
}
