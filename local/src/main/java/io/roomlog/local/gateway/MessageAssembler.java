package io.roomlog.local.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

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
   * The largest frame that is read to its end to be refused. One over this is closed so abruptly
   * that the client may get a reset instead of the code.
   */
  static final int REFUSED_FRAME_BYTES_MAX = 4 * 1024 * 1024;

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

  /** Adds a data frame. */
  Step add(Frame frame) {
    if (frame.getOpCode() == OpCode.BINARY) {
      return new Step.Refused(BINARY);
    }
    if (frame.getPayloadLength() > FRAME_BYTES_MAX
        || parts.size() + frame.getPayloadLength() > MESSAGE_BYTES_MAX) {
      return new Step.Refused(TOO_LARGE);
    }
    if (frame.isFin() && parts.size() == 0) {
      return complete(frame.getPayload());
    }
    byte[] part = new byte[frame.getPayloadLength()];
    frame.getPayload().get(part);
    parts.writeBytes(part);
    return frame.isFin() ? complete(ByteBuffer.wrap(parts.toByteArray())) : new Step.Incomplete();
  }

  private Step complete(ByteBuffer bytes) {
    // A fresh one, so that an idle connection holds no buffer of its largest message.
    parts = new ByteArrayOutputStream(0);
    try {
      return new Step.Complete(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return new Step.Refused(NOT_UTF_8);
    }
  }
}
