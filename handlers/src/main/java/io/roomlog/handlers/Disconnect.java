package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code $disconnect}: leaves every room. The gateway promises only to try to call it, so the
 * fan-out removes what it leaves behind.
 *
 * <p>It takes the event as a map, because {@code APIGatewayV2WebSocketEvent} has no field for the
 * close code.
 */
public final class Disconnect
    implements RequestHandler<Map<String, Object>, APIGatewayV2WebSocketResponse> {

  private static final Logger log = LoggerFactory.getLogger(Disconnect.class);

  private final Membership membership;
  private final Metrics metrics;

  /** For Lambda. */
  public Disconnect() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.disconnect(new Disconnect(rehearsing)));
  }

  /** For everybody else. */
  public Disconnect(Map<String, String> environment) {
    this(Wiring.membershipToLeave(environment), Wiring.metrics(environment));
  }

  /** On memberships, which nobody measures. */
  public Disconnect(Membership membership) {
    this(membership, Metrics.none());
  }

  private Disconnect(Membership membership, Metrics metrics) {
    this.membership = membership;
    this.metrics = metrics;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      Map<String, Object> event, @Nullable Context context) {
    if (!(event.get("requestContext") instanceof Map<?, ?> request)
        || !(request.get("connectionId") instanceof String connectionId)) {
      throw new IllegalArgumentException("the event has no requestContext.connectionId");
    }
    metrics.count(Metric.CONNECTIONS_CLOSED);
    int left = membership.leaveAll(connectionId);
    log.atInfo()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("closeCode", request.get("disconnectStatusCode"))
        .addKeyValue("roomsLeft", left)
        .log("disconnected");
    metrics.flush();
    return Answers.ok();
  }
}
