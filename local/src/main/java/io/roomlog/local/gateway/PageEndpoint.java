package io.roomlog.local.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the page to callers on this machine, with the headers that keep it to itself. */
final class PageEndpoint {
  private static final Logger log = LoggerFactory.getLogger(PageEndpoint.class);

  private final PageFiles files;
  private final String stage;
  private final Answers answers;
  private final Executor calls;

  PageEndpoint(PageFiles files, String stage, Answers answers, Executor calls) {
    this.files = files;
    this.stage = stage;
    this.answers = answers;
    this.calls = calls;
  }

  /** Whether the path is one of the page. */
  boolean is(String path) {
    return files.has(path);
  }

  void handle(String path, Request request, Response response, Callback callback) {
    if (!LocalCaller.is(request)) {
      answers.error(ApiError.FORBIDDEN, "Forbidden", response, callback);
    } else if (!HttpMethod.GET.is(request.getMethod())
        && !HttpMethod.HEAD.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      answers.refuse(HttpStatus.METHOD_NOT_ALLOWED_405, "Method Not Allowed", response, callback);
    } else {
      boolean whole = HttpMethod.GET.is(request.getMethod());
      calls.execute(() -> show(path, whole, response, callback));
    }
  }

  private void show(String path, boolean whole, Response response, Callback callback) {
    Optional<PageFiles.Shown> shown;
    try {
      shown = files.read(path, stage);
    } catch (IOException e) {
      log.atWarn().addKeyValue("path", path).setCause(e).log("page_unreadable");
      answers.error(ApiError.INTERNAL, "Internal server error", response, callback);
      return;
    }
    if (shown.isEmpty()) {
      answers.error(ApiError.FORBIDDEN, "Forbidden", response, callback);
      return;
    }
    byte[] content = shown.get().content().getBytes(UTF_8);
    head(shown.get(), content.length, response.getHeaders());
    response.setStatus(HttpStatus.OK_200);
    response.write(true, whole ? ByteBuffer.wrap(content) : BufferUtil.EMPTY_BUFFER, callback);
  }

  private static void head(PageFiles.Shown shown, int bytes, HttpFields.Mutable headers) {
    headers.put(HttpHeader.CONTENT_TYPE, shown.type());
    headers.put(HttpHeader.CONTENT_LENGTH, bytes);
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put("Content-Security-Policy", shown.policy());
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
  }
}
