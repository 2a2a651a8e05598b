package io.roomlog.local.gateway;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Shows the operator's view to callers on this machine. */
final class OperatorEndpoint {
  /** A page of another site whose name was made to lead here has a {@code Host} of its own. */
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final OperatorView view;
  private final Answers answers;

  OperatorEndpoint(OperatorView view, Answers answers) {
    this.view = view;
    this.answers = answers;
  }

  /** Whether the path is the view's, with or without the slash at its end. */
  boolean is(String path) {
    return OperatorView.PATH.equals(path) || OperatorView.PATH.equals(path + "/");
  }

  void handle(Request request, Response response, Callback callback) {
    Optional<String> json = isLocal(request) ? view.json() : Optional.empty();
    if (json.isEmpty()) {
      answers.error(ApiError.FORBIDDEN, "Forbidden", response, callback);
    } else if (!HttpMethod.GET.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.GET.asString());
      answers.refuse(HttpStatus.METHOD_NOT_ALLOWED_405, "Method Not Allowed", response, callback);
    } else {
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      answers.json(HttpStatus.OK_200, json.get(), response, callback);
    }
  }

  private static boolean isLocal(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress from
        && from.getAddress().isLoopbackAddress()
        && HOSTS.contains(Request.getServerName(request));
  }
}
