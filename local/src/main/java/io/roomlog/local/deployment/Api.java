package io.roomlog.local.deployment;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket API of the template.
 *
 * @param id the API id, as in the host name and in ARNs
 * @param stage the stage's name, which is the first segment of every path
 * @param routeSelectionExpression e.g. {@code $request.body.action}
 * @param routes the routes by their key
 * @param throttling the stage's throttling, or null where it has none of its own
 */
public record Api(
    String id,
    String stage,
    String routeSelectionExpression,
    Map<String, Route> routes,
    @Nullable Throttling throttling) {

  /** Copies what is given. */
  public Api {
    routes = Map.copyOf(routes);
  }

  /** An API whose stage has no throttling of its own. */
  public Api(String id, String stage, String routeSelectionExpression, Map<String, Route> routes) {
    this(id, stage, routeSelectionExpression, routes, null);
  }

  /**
   * What a stage takes of handshakes and frames, on all its routes together.
   *
   * @param perSecond in the long run
   * @param burst at once after a pause
   */
  public record Throttling(double perSecond, int burst) {}

  /**
   * A route.
   *
   * @param key e.g. {@code $connect} or {@code sendmessage}
   * @param function the logical id of the function behind it
   * @param authorizer the logical id of the authorizer's function ({@code $connect} only), or null
   * @param twoWay whether the function's body goes back to the client (the route has a response)
   */
  public record Route(String key, String function, @Nullable String authorizer, boolean twoWay) {}

  /** The route of a key, if there is one. */
  public Optional<Route> route(String key) {
    return Optional.ofNullable(routes.get(key));
  }
}
