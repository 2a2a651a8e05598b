package io.roomlog.local.gateway;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Shows the operator's view to callers on this machine. */
final class OperatorEndpoint {
  /** What Prometheus asks for (prometheus.io/docs/instrumenting/exposition_formats). */
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final OperatorView view;
  private final Answers answers;

  OperatorEndpoint(OperatorView view, Answers answers) {
    this.view = view;
    this.answers = answers;
  }

  /** Whether the path is one of the view's, with or without the slash at its end. */
  boolean is(String path) {
    return OperatorView.PATH.equals(path)
        || OperatorView.PATH.equals(path + "/")
        || isMetrics(path);
  }

  private static boolean isMetrics(String path) {
    return OperatorView.METRICS_PATH.equals(path);
  }

  void handle(Request request, Response response, Callback callback) {
    boolean metrics = isMetrics(Request.getPathInContext(request));
    Optional<String> shown =
        LocalCaller.is(request) ? metrics ? view.metrics() : view.json() : Optional.empty();
    if (shown.isEmpty()) {
      answers.error(ApiError.FORBIDDEN, "Forbidden", response, callback);
    } else if (!HttpMethod.GET.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.GET.asString());
      answers.refuse(HttpStatus.METHOD_NOT_ALLOWED_405, "Method Not Allowed", response, callback);
    } else {
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      String type = metrics ? METRICS_TYPE : Answers.JSON_TYPE;
      answers.body(HttpStatus.OK_200, type, shown.get(), response, callback);
    }
  }
}
