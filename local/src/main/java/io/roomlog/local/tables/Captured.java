package io.roomlog.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A response that is kept until it is known whether it is the one to give. */
final class Captured extends Response.Wrapper {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpFields.Mutable headers = HttpFields.build();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = HttpStatus.OK_200;

  Captured(Request request, Response response) {
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
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      body.writeBytes(bytes);
    }
    callback.succeeded();
  }

  boolean succeeded() {
    return status == HttpStatus.OK_200;
  }

  /**
   * What it says.
   *
   * @throws IOException if it is no JSON
   */
  JsonNode json() throws IOException {
    return JSON.readTree(body.toByteArray());
  }

  /** Gives it, whole. */
  void give(Response response, Callback callback) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(body.toByteArray()), callback);
  }
}
