package io.roomlog.local.tables;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A response that nobody gets: what is written to it is taken and forgotten. */
final class Unheard extends Response.Wrapper {
  private final HttpFields.Mutable headers = HttpFields.build();
  private int status;

  Unheard(Request request, Response response) {
    super(request, response);
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public HttpFields.Mutable getHeaders() {
    return headers;
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
    if (content != null) {
      content.position(content.limit());
    }
    callback.succeeded();
  }
}
