package io.roomlog.local.gateway;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One client's open connection. No thread belongs to it: it acts when a frame comes, when a post
 * comes, and when the sweep finds it idle, too old, or slow to close.
 */
final class Connection implements FrameHandler {

  /**
   * A client's frames whose functions have not answered yet. The next is not read before one has:
   * AWS bounds this by the functions' concurrency, and what is in nobody's memory costs nothing.
   */
  static final int MESSAGES_IN_FLIGHT_MAX = 128;

  /** Who is told what happens on a connection. */
  interface Listener {
    /** {@code $connect} let the client in; {@link #closed} will follow in any case. */
    void admitted(Connection connection);

    /** The handshake's answer has been sent; the connection can be posted to from now on. */
    void opened(Connection connection);

    /**
     * A message came. It may take its time: {@link Connection#messageDone()} tells its end.
     *
     * @param text the message
     */
    void message(Connection connection, String text);

    /** The socket is gone, for whatever reason; told once. */
    void closed(Connection connection, Disconnection disconnection);
  }

  private final Client client;
  private final Listener listener;
  private final InstantSource clock;
  private final int sendBufferBytes;
  private final TextAssembler assembler = new TextAssembler();
  private final Object lock = new Object();
  private volatile Instant lastActiveAt;
  private volatile @Nullable SendBuffer buffer;
  private volatile @Nullable CoreSession session;
  private volatile @Nullable Instant closingSince;
  private volatile @Nullable Disconnection closedByGateway;
  private volatile boolean vanished;
  private final AtomicBoolean finished = new AtomicBoolean();
  private int messagesInFlight;
  private boolean paused;

  Connection(Client client, Listener listener, InstantSource clock, int sendBufferBytes) {
    this.client = client;
    this.listener = listener;
    this.clock = clock;
    this.sendBufferBytes = sendBufferBytes;
    this.lastActiveAt = client.connectedAt();
  }

  Client client() {
    return client;
  }

  /** When the last message went in either direction. */
  Instant lastActiveAt() {
    return lastActiveAt;
  }

  /** Since when the gateway waits for the client to confirm the close, if it does. */
  Optional<Instant> closingSince() {
    return Optional.ofNullable(closingSince);
  }

  /** Whether the connection was cut so that nobody is told. */
  boolean vanished() {
    return vanished;
  }

  /** Takes a text message for the client. */
  SendBuffer.Offer send(ByteBuffer text) {
    SendBuffer current = buffer;
    if (current == null) {
      return SendBuffer.Offer.CLOSED;
    }
    SendBuffer.Offer offer = current.offer(text);
    if (offer == SendBuffer.Offer.TAKEN) {
      lastActiveAt = clock.instant();
    }
    return offer;
  }

  /** Closes from the gateway's side, behind what was already taken for the client. */
  void close(int code, String reason) {
    synchronized (lock) {
      if (closingSince != null) {
        return;
      }
      closingSince = clock.instant();
      closedByGateway = new Disconnection(code, reason);
    }
    SendBuffer current = buffer;
    if (current != null) {
      current.close(new CloseStatus(code, reason));
    }
  }

  /** Cuts the socket: the client gets no close frame. */
  void abort() {
    CoreSession current = session;
    if (current != null) {
      current.abort();
    }
  }

  /** Cuts the socket without a trace: no close frame, and no {@code $disconnect}. */
  void vanish() {
    vanished = true;
    synchronized (lock) {
      if (closingSince == null) {
        closingSince = clock.instant();
      }
    }
    abort();
  }

  /** Tells that a message's function has answered, or will not be waited for. */
  void messageDone() {
    boolean resume;
    synchronized (lock) {
      messagesInFlight--;
      resume = paused;
      paused = false;
    }
    if (resume) {
      demand();
    }
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    buffer = new SendBuffer(opened, sendBufferBytes);
    listener.opened(this);
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.CONTINUATION -> onText(frame, callback);
      case OpCode.BINARY -> {
        callback.succeeded();
        close(CloseStatus.BAD_DATA, "Binary frames are not supported");
        demand();
      }
      case OpCode.PING -> onPing(frame, callback);
      case OpCode.CLOSE -> callback.succeeded();
      default -> {
        callback.succeeded();
        demand();
      }
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    Disconnection ours = closedByGateway;
    finish(ours == null ? Disconnection.of(status) : ours);
  }

  /** Tells that the client left before it had its answer. */
  void lost() {
    finish(Disconnection.ABNORMAL);
  }

  private void finish(Disconnection disconnection) {
    if (finished.compareAndSet(false, true)) {
      listener.closed(this, disconnection);
    }
  }

  private void onText(Frame frame, Callback callback) {
    if (closingSince != null) {
      callback.succeeded();
      demand();
      return;
    }
    TextAssembler.Step step = assembler.add(frame.getPayload(), frame.isFin());
    callback.succeeded();
    switch (step) {
      case TextAssembler.Step.Incomplete() -> demand();
      case TextAssembler.Step.Complete(String text) -> onMessage(text);
      case TextAssembler.Step.TooLarge() -> {
        close(CloseStatus.MESSAGE_TOO_LARGE, "Message too large");
        demand();
      }
      case TextAssembler.Step.Malformed() -> {
        close(CloseStatus.BAD_PAYLOAD, "Invalid UTF-8");
        demand();
      }
    }
  }

  private void onMessage(String text) {
    boolean more;
    synchronized (lock) {
      messagesInFlight++;
      more = messagesInFlight < MESSAGES_IN_FLIGHT_MAX;
      paused = !more;
    }
    lastActiveAt = clock.instant();
    listener.message(this, text);
    if (more) {
      demand();
    }
  }

  private void onPing(Frame frame, Callback callback) {
    ByteBuffer payload = BufferUtil.copy(frame.getPayload());
    callback.succeeded();
    CoreSession current = session;
    if (current != null) {
      // The next frame is read when the pong is out, so that pings cannot pile up pongs.
      current.sendFrame(
          new Frame(OpCode.PONG, payload), Callback.from(this::demand, failure -> demand()), false);
    }
  }

  private void demand() {
    CoreSession current = session;
    if (current != null) {
      current.demand();
    }
  }
}
