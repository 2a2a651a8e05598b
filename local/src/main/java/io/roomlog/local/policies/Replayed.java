package io.roomlog.local.policies;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;

/** A request whose body has been read, to be read once more by who stands behind. */
public final class Replayed extends Request.Wrapper {
  private final Content.Source body;

  /** Gives a request its body back. */
  public Replayed(Request request, byte[] body) {
    super(request);
    this.body = new ByteBufferContentSource(ByteBuffer.wrap(body));
  }

  @Override
  public Content.Chunk read() {
    return body.read();
  }

  @Override
  public void demand(Runnable demandCallback) {
    body.demand(demandCallback);
  }

  @Override
  public void fail(Throwable failure) {
    body.fail(failure);
  }
}
