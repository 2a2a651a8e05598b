package io.roomlog.local.gateway;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, from the moment {@code $connect} let it in. No thread belongs to it: it
 * acts when a frame comes, when a post comes, and when the sweep finds it idle, too old, or slow to
 * close.
 */
final class Connection {

  /** Who is told what happens on a connection. */
  interface Listener {
    /** {@code $connect} let the client in; {@link #closed} will follow in any case. */
    void admitted(Connection connection);

    /** The handshake's answer has been sent; the connection can be posted to from now on. */
    void opened(Connection connection);

    /**
     * A message came. This must return at once.
     *
     * @param whenDone to be run when the message's function has answered
     */
    void message(Connection connection, String text, Runnable whenDone);

    /** The socket is gone, for whatever reason; told once. */
    void closed(Connection connection, Disconnection disconnection);
  }

  private record Socket(WebSocketCoreSession session, SendBuffer buffer) {}

  private final Client client;
  private final Listener listener;
  private final InstantSource clock;
  private final int sendBufferBytes;
  private final AtomicBoolean finished = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile Instant lastActiveAt;
  private volatile @Nullable Socket socket;
  private volatile @Nullable Instant closingSince;
  private volatile @Nullable Disconnection closedByGateway;
  private volatile boolean vanished;

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

  /** The handshake's answer is out. */
  void open(WebSocketCoreSession session) {
    socket = new Socket(session, new SendBuffer(session, sendBufferBytes));
    listener.opened(this);
  }

  /** Takes a text message for the client. */
  SendBuffer.Offer send(ByteBuffer text) {
    Socket current = socket;
    if (current == null) {
      return SendBuffer.Offer.CLOSED;
    }
    SendBuffer.Offer offer = current.buffer().offer(text);
    if (offer == SendBuffer.Offer.TAKEN) {
      lastActiveAt = clock.instant();
    }
    return offer;
  }

  /** Passes on a message of the client, unless the gateway is done with it. */
  void received(String text, Runnable whenDone) {
    lastActiveAt = clock.instant();
    listener.message(this, text, whenDone);
  }

  /** Closes from the gateway's side, behind what was already taken for the client. */
  void close(Disconnection disconnection) {
    Socket current = socket;
    if (current != null && closing.compareAndSet(false, true)) {
      closedByGateway = disconnection;
      closingSince = clock.instant();
      current.buffer().close(new CloseStatus(disconnection.code(), disconnection.reason()));
    }
  }

  /** Cuts the socket: the client gets no close frame. */
  void abort() {
    Socket current = socket;
    if (current != null) {
      current.session().abort();
    }
  }

  /** Cuts the socket without a trace: no close frame, and no {@code $disconnect}. */
  void vanish() {
    vanished = true;
    if (closing.compareAndSet(false, true)) {
      closingSince = clock.instant();
    }
    abort();
  }

  /** Tells that the socket is gone; what the gateway itself closed with outweighs what came. */
  void finish(Disconnection disconnection) {
    if (finished.compareAndSet(false, true)) {
      Disconnection ours = closedByGateway;
      listener.closed(this, ours == null ? disconnection : ours);
    }
  }
}
