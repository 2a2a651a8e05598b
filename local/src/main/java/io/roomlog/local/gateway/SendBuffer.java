package io.roomlog.local.gateway;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client to read it.
 *
 * <p>Messages go out in the order in which they were taken, one frame at a time; no thread waits
 * for the client. A client that reads too slowly fills its own buffer and nobody else's.
 *
 * <p>Jetty has an outgoing queue too, but bounds it by closing the connection, where API Gateway
 * answers the post with 429.
 */
final class SendBuffer {

  /** What a waiting frame costs beyond its payload, so that many small ones fill the buffer too. */
  static final int FRAME_OVERHEAD_BYTES = 64;

  /** What became of a message. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  private final int bytesMax;
  private final Writer writer = new Writer();
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean closed;
  private volatile @Nullable WebSocketCoreSession session;

  SendBuffer(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Sends from now on; what was taken before goes first. */
  void open(WebSocketCoreSession opened) {
    session = opened;
    writer.iterate();
  }

  /** Takes a text message, unless it does not fit. */
  Offer offer(ByteBuffer text) {
    synchronized (waiting) {
      if (closed) {
        return Offer.CLOSED;
      }
      int cost = cost(text.remaining());
      if (bytes + cost > bytesMax) {
        return Offer.FULL;
      }
      bytes += cost;
      cut(text);
    }
    writer.iterate();
    return Offer.TAKEN;
  }

  /** Sends a close frame behind all that was taken, and takes nothing more. */
  void close(CloseStatus status) {
    synchronized (waiting) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(status.toFrame());
    }
    writer.iterate();
  }

  private void cut(ByteBuffer text) {
    int from = 0;
    do {
      int length = Math.min(MessageAssembler.FRAME_BYTES_MAX, text.remaining() - from);
      byte opCode = from == 0 ? OpCode.TEXT : OpCode.CONTINUATION;
      boolean last = from + length == text.remaining();
      waiting.add(new Frame(opCode, last, text.slice(text.position() + from, length)));
      from += length;
    } while (from < text.remaining());
  }

  private static int cost(int payload) {
    int frames = Math.max(1, Math.ceilDiv(payload, MessageAssembler.FRAME_BYTES_MAX));
    return payload + frames * FRAME_OVERHEAD_BYTES;
  }

  /** Sends one frame after the other, without recursion however fast the client reads. */
  private final class Writer extends IteratingCallback {

    private int inFlight;

    @Override
    protected Action process() {
      WebSocketCoreSession to = session;
      if (to == null) {
        return Action.IDLE;
      }
      @Nullable Frame next;
      synchronized (waiting) {
        next = waiting.poll();
      }
      if (next == null) {
        return Action.IDLE;
      }
      inFlight = next.isDataFrame() ? next.getPayloadLength() + FRAME_OVERHEAD_BYTES : 0;
      if (next.isDataFrame()) {
        to.sendFrame(next, this, false);
      } else {
        sendClose(to, next);
      }
      return Action.SCHEDULED;
    }

    /**
     * Past the session, which would close the socket right behind any code but 1000: a client that
     * was just writing would get a reset, and might never read why. The connection ends its output
     * here, and its input goes on until the client has answered.
     */
    private void sendClose(WebSocketCoreSession to, Frame close) {
      to.getConnection().enqueueFrame(new OutgoingEntry.Builder(close, this).build());
    }

    @Override
    protected void onSuccess() {
      synchronized (waiting) {
        bytes -= inFlight;
      }
    }

    @Override
    protected void onFailure(Throwable cause) {
      synchronized (waiting) {
        closed = true;
        waiting.clear();
      }
    }
  }
}
