package io.roomlog.local.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;

/**
 * Reads a request's body without a thread waiting for it, and keeps no more of it than a message
 * may have. What is over is read and thrown away, up to what API Gateway takes as a payload at all,
 * so that the caller is not cut off before it has read the answer.
 */
final class BoundedBody implements Runnable {

  /** API Gateway's payload limit. */
  static final int PAYLOAD_BYTES_MAX = 10 * 1024 * 1024;

  /** What a body came to. */
  sealed interface Body {
    /**
     * It is whole.
     *
     * @param bytes all of it
     */
    record Whole(ByteBuffer bytes) implements Body {}

    /** It is larger than the limit. */
    record TooLarge() implements Body {}

    /** The caller went away before it was whole. */
    record Broken(Throwable cause) implements Body {}
  }

  private final Content.Source source;
  private final int bytesMax;
  private final Consumer<Body> reader;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long length;

  private BoundedBody(Content.Source source, int bytesMax, Consumer<Body> reader) {
    this.source = source;
    this.bytesMax = bytesMax;
    this.reader = reader;
  }

  /** Reads a body and hands it on, once. */
  static void read(Content.Source source, int bytesMax, Consumer<Body> reader) {
    new BoundedBody(source, bytesMax, reader).run();
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        reader.accept(new Body.Broken(chunk.getFailure()));
        return;
      }
      keep(chunk.getByteBuffer());
      boolean last = chunk.isLast() || length > PAYLOAD_BYTES_MAX;
      chunk.release();
      if (last) {
        reader.accept(
            length > bytesMax
                ? new Body.TooLarge()
                : new Body.Whole(ByteBuffer.wrap(kept.toByteArray())));
        return;
      }
    }
  }

  private void keep(ByteBuffer part) {
    length += part.remaining();
    if (length <= bytesMax) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      kept.writeBytes(bytes);
    }
  }
}
