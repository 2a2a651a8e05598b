package io.roomlog.local.gateway;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames, and asks for the next one only when it can be dealt with.
 *
 * <p>Once the gateway closes, what still comes is read and thrown away until the client answers the
 * close: a client that writes into a closed socket gets a reset, and may never read why.
 */
final class FrameReader implements FrameHandler {

  /**
   * A client's messages whose functions have not answered yet. The next is not read before one has:
   * AWS bounds this by the functions' concurrency, and what is in nobody's memory costs nothing.
   */
  static final int MESSAGES_IN_FLIGHT_MAX = 128;

  private final Connection connection;
  private final MessageAssembler assembler = new MessageAssembler();
  private final Object lock = new Object();
  private volatile @Nullable CoreSession session;
  private int inFlight;
  private boolean paused;

  FrameReader(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    connection.open((WebSocketCoreSession) opened);
    callback.succeeded();
    demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    switch (frame.getOpCode()) {
      case OpCode.PING -> pong(frame, callback);
      case OpCode.CLOSE -> onClose(callback);
      case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> onData(frame, callback);
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
    connection.finish(Disconnection.of(status));
  }

  /** Answers a client's close; if it is the client's answer to ours, nothing is left to say. */
  private void onClose(Callback callback) {
    if (connection.closingSince().isPresent()) {
      callback.failed(new ClosedChannelException());
    } else {
      callback.succeeded();
    }
  }

  private void onData(Frame frame, Callback callback) {
    if (connection.closingSince().isPresent()) {
      callback.succeeded();
      demand();
      return;
    }
    MessageAssembler.Step step = assembler.add(frame);
    callback.succeeded();
    switch (step) {
      case MessageAssembler.Step.Incomplete() -> demand();
      case MessageAssembler.Step.Complete(String text) -> onMessage(text);
      case MessageAssembler.Step.Refused(Disconnection disconnection) -> {
        connection.close(disconnection);
        demand();
      }
    }
  }

  private void onMessage(String text) {
    boolean more;
    synchronized (lock) {
      inFlight++;
      more = inFlight < MESSAGES_IN_FLIGHT_MAX;
      paused = !more;
    }
    connection.received(text, this::messageDone);
    if (more) {
      demand();
    }
  }

  private void messageDone() {
    boolean resume;
    synchronized (lock) {
      inFlight--;
      resume = paused;
      paused = false;
    }
    if (resume) {
      demand();
    }
  }

  private void pong(Frame ping, Callback callback) {
    ByteBuffer payload = BufferUtil.copy(ping.getPayload());
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
