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
    /**
     * {@code $connect} let the client in: the connection can be posted to from now on, although the
     * handshake's answer is still to be sent. {@link #closed} will follow in any case.
     */
    void admitted(Connection connection);

    /**
     * A message came. This must return at once.
     *
     * @param whenDone to be run when the message's function has answered
     */
    void message(Connection connection, String text, Runnable whenDone);

    /** The socket is gone, for whatever reason; told once. */
    void closed(Connection connection, Disconnection disconnection);
  }

  private final Client client;
  private final Listener listener;
  private final InstantSource clock;
  private final SendBuffer buffer;
  private final AtomicBoolean finished = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile Instant lastActiveAt;
  private volatile @Nullable WebSocketCoreSession session;
  private volatile @Nullable Instant closingSince;
  private volatile @Nullable Disconnection closedByGateway;
  private volatile boolean aborted;
  private volatile boolean vanished;

  Connection(Client client, Listener listener, InstantSource clock, int sendBufferBytes) {
    this.client = client;
    this.listener = listener;
    this.clock = clock;
    this.buffer = new SendBuffer(sendBufferBytes);
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

  /** The handshake's answer is out: what was posted meanwhile follows it. */
  void open(WebSocketCoreSession opened) {
    session = opened;
    if (aborted) {
      opened.abort();
    } else {
      buffer.open(opened);
    }
  }

  /** Takes a text message for the client. */
  SendBuffer.Offer send(ByteBuffer text) {
    SendBuffer.Offer offer = buffer.offer(text);
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
    if (closing.compareAndSet(false, true)) {
      closedByGateway = disconnection;
      closingSince = clock.instant();
      buffer.close(new CloseStatus(disconnection.code(), disconnection.reason()));
    }
  }

  /** Cuts the socket: the client gets no close frame. */
  void abort() {
    aborted = true;
    WebSocketCoreSession current = session;
    if (current != null) {
      current.abort();
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
