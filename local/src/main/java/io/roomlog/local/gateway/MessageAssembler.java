package io.roomlog.local.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of a message together, and refuses what API Gateway refuses
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html,
 * …/websocket-api-develop-binary-media-types.html).
 */
final class MessageAssembler {

  /** The largest frame a client may send, and the largest that is sent to one. */
  static final int FRAME_BYTES_MAX = 32 * 1024;

  /** The largest message a client may send, and the largest a post may bring. */
  static final int MESSAGE_BYTES_MAX = 128 * 1024;

  /**
   * How much of a refused message is read before the connection is closed. A single frame over this
   * is closed at once.
   */
  static final int REFUSED_BYTES_MAX = 4 * 1024 * 1024;

  private static final Disconnection TOO_LARGE = new Disconnection(1009, "Message too large");
  private static final Disconnection BINARY =
      new Disconnection(1003, "Binary frames are not supported");
  private static final Disconnection NOT_UTF_8 = new Disconnection(1007, "Invalid UTF-8");

  /** What a frame came to. */
  sealed interface Step {
    /** The message goes on. */
    record Incomplete() implements Step {}

    /**
     * The message is whole.
     *
     * @param text its text
     */
    record Complete(String text) implements Step {}

    /**
     * The message is none that a client may send.
     *
     * @param disconnection what the connection is closed with
     */
    record Refused(Disconnection disconnection) implements Step {}
  }

  private ByteArrayOutputStream parts = new ByteArrayOutputStream(0);
  private long length;
  private @Nullable Disconnection refusal;

  /** Adds a data frame. */
  Step add(Frame frame) {
    length += frame.getPayloadLength();
    if (refusal == null) {
      refusal = refusal(frame);
    }
    if (refusal != null) {
      return frame.isFin() || length > REFUSED_BYTES_MAX
          ? new Step.Refused(refusal)
          : new Step.Incomplete();
    }
    if (frame.isFin() && parts.size() == 0) {
      return complete(frame.getPayload());
    }
    byte[] part = new byte[frame.getPayloadLength()];
    frame.getPayload().get(part);
    parts.writeBytes(part);
    return frame.isFin() ? complete(ByteBuffer.wrap(parts.toByteArray())) : new Step.Incomplete();
  }

  private @Nullable Disconnection refusal(Frame frame) {
    if (frame.getOpCode() == OpCode.BINARY) {
      return BINARY;
    }
    return frame.getPayloadLength() > FRAME_BYTES_MAX || length > MESSAGE_BYTES_MAX
        ? TOO_LARGE
        : null;
  }

  private Step complete(ByteBuffer bytes) {
    // A fresh one, so that an idle connection holds no buffer of its largest message.
    parts = new ByteArrayOutputStream(0);
    length = 0;
    try {
      return new Step.Complete(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return new Step.Refused(NOT_UTF_8);
    }
  }
}
