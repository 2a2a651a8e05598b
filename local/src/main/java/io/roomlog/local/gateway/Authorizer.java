package io.roomlog.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an authorizer's function about a handshake. WebSocket APIs know it on {@code $connect} only;
 * what it says of the client comes back in every later event of the connection
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html).
 */
final class Authorizer {

  /** The largest answer of an authorizer, in bytes of its JSON. */
  static final int ANSWER_BYTES_MAX = 8 * 1024;

  /** The text that an authorizer throws to refuse with 401. */
  static final String UNAUTHORIZED = "Unauthorized";

  private static final Logger log = LoggerFactory.getLogger(Authorizer.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it said. */
  sealed interface Verdict {
    /**
     * The client may connect.
     *
     * @param context the principal and the function's own pairs, stringified as on AWS
     */
    record Allowed(Map<String, Object> context) implements Verdict {}

    /** The function threw "Unauthorized": 401. */
    record Unauthorized() implements Verdict {}

    /** The policy does not allow the handshake: 403. */
    record Denied() implements Verdict {}

    /** The function failed, or answered what is no authorizer's answer: 500. */
    record Broken() implements Verdict {}
  }

  private final Integration integration;
  private final Events events;
  private final InstantSource clock;

  Authorizer(Integration integration, Events events, InstantSource clock) {
    this.integration = integration;
    this.events = events;
    this.clock = clock;
  }

  Verdict ask(String function, Client client, HandshakeRequest request)
      throws InterruptedException {
    Instant asked = clock.instant();
    Integration.Result result = integration.call(function, events.authorizer(client, request));
    long latency = Duration.between(asked, clock.instant()).toMillis();
    return switch (result) {
      case Integration.Result.Answered(String payload) -> verdict(function, payload, latency);
      case Integration.Result.Failed(String message) ->
          UNAUTHORIZED.equals(message) ? new Verdict.Unauthorized() : new Verdict.Broken();
      case Integration.Result.TimedOut() -> new Verdict.Broken();
    };
  }

  private Verdict verdict(String function, String payload, long latencyMillis) {
    if (payload.getBytes(StandardCharsets.UTF_8).length > ANSWER_BYTES_MAX) {
      return broken(function, "the answer is over " + ANSWER_BYTES_MAX + " bytes");
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      return broken(function, "the answer is not JSON");
    }
    if (!answer.path("policyDocument").isObject()) {
      return broken(function, "the answer has no policyDocument");
    }
    if (!answer.path("principalId").isTextual()
        || !new AuthorizerPolicy(answer.path("policyDocument")).allows(events.methodArn())) {
      return new Verdict.Denied();
    }
    return context(function, answer, latencyMillis);
  }

  private static Verdict context(String function, JsonNode answer, long latencyMillis) {
    Map<String, Object> context = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : answer.path("context").properties()) {
      if (entry.getValue().isContainerNode()) {
        return broken(function, "context." + entry.getKey() + " is no string, number or boolean");
      }
      if (!entry.getValue().isNull()) {
        context.put(entry.getKey(), entry.getValue().asText());
      }
    }
    context.put("principalId", answer.path("principalId").textValue());
    context.put("integrationLatency", latencyMillis);
    return new Verdict.Allowed(context);
  }

  private static Verdict broken(String function, String reason) {
    log.atWarn()
        .addKeyValue("function", function)
        .addKeyValue("reason", reason)
        .log("authorizer_answer_invalid");
    return new Verdict.Broken();
  }
}
