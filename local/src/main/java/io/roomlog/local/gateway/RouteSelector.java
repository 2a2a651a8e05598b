package io.roomlog.local.gateway;

import io.roomlog.local.deployment.Api;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the route of a frame: the one whose key the selection expression yields, else {@code
 * $default}, else none
 * (docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html).
 */
final class RouteSelector {

  static final String CONNECT = "$connect";
  static final String DISCONNECT = "$disconnect";
  static final String DEFAULT = "$default";

  /** What no frame may select by naming it: whoever could would connect or leave as he likes. */
  private static final Set<String> RESERVED = Set.of(CONNECT, DISCONNECT);

  private final Api api;
  private final SelectionExpression expression;

  /**
   * Reads the API's selection expression.
   *
   * @throws IllegalArgumentException if it is none that a WebSocket API knows
   */
  RouteSelector(Api api) {
    this.api = api;
    this.expression = SelectionExpression.of(api.routeSelectionExpression());
  }

  /** The route of a frame, or nothing if the API has none for it. */
  Optional<Api.Route> select(String frame) {
    return expression
        .key(frame)
        .filter(key -> !RESERVED.contains(key))
        .flatMap(api::route)
        .or(() -> api.route(DEFAULT));
  }
}
