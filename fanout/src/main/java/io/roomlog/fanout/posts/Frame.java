package io.roomlog.fanout.posts;

import io.roomlog.core.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one WebSocket text frame, built once and posted to many: so is the digest that each
 * of the posts is signed with.
 */
public final class Frame {

  private final byte[] bytes;
  private volatile @Nullable String sha256;

  private Frame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A frame of that text, in UTF-8. */
  public static Frame of(String text) {
    return new Frame(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Its length in bytes. */
  public int size() {
    return bytes.length;
  }

  /** Its bytes, to be read from the first on. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** The SHA-256 of its bytes, in hexadecimal; threads that ask at once may each work it out. */
  String sha256() {
    String known = sha256;
    if (known == null) {
      known = Sha256.hex(bytes);
      sha256 = known;
    }
    return known;
  }
}
