package io.roomlog.local.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Puts the frames of a text message together. */
final class TextAssembler {

  /**
   * The largest message a client may send, and the largest a post may bring
   * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
   */
  static final int MESSAGE_BYTES_MAX = 128 * 1024;

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

    /** The message is over {@link #MESSAGE_BYTES_MAX}. */
    record TooLarge() implements Step {}

    /** The message is no UTF-8. */
    record Malformed() implements Step {}
  }

  private ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

  /** Adds a frame's payload. */
  Step add(ByteBuffer payload, boolean last) {
    if (parts.size() + payload.remaining() > MESSAGE_BYTES_MAX) {
      return new Step.TooLarge();
    }
    if (last && parts.size() == 0) {
      return decode(payload);
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    parts.writeBytes(bytes);
    if (!last) {
      return new Step.Incomplete();
    }
    byte[] whole = parts.toByteArray();
    // A fresh one, so that an idle connection holds no buffer of its largest message.
    parts = new ByteArrayOutputStream(0);
    return decode(ByteBuffer.wrap(whole));
  }

  private static Step decode(ByteBuffer bytes) {
    try {
      return new Step.Complete(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return new Step.Malformed();
    }
  }
}
