package io.roomlog.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.local.deployment.Api;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the events that functions get, field by field as captured on AWS
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html;
 * the fixtures {@code apigw-websocket-request-*.json} of aws-lambda-go).
 *
 * <p>Only a CONNECT event has the client's headers and query. {@code requestId} and {@code
 * extendedRequestId} are the same; {@code messageId} is on MESSAGE events only.
 */
final class Events {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Api api;
  private final String stageArn;
  private final InstantSource clock;
  private final Ids ids;

  Events(Api api, GatewayConfiguration configuration, Ids ids) {
    this.api = api;
    this.stageArn =
        "arn:aws:execute-api:%s:%s:%s/%s"
            .formatted(configuration.region(), configuration.accountId(), api.id(), api.stage());
    this.clock = configuration.clock();
    this.ids = ids;
  }

  /** The ARN of the stage, which those of handshakes and of connections begin with. */
  String stageArn() {
    return stageArn;
  }

  /** The ARN of the handshake that an authorizer's policy must allow. */
  String methodArn() {
    return stageArn + "/" + RouteSelector.CONNECT;
  }

  /** The authorizer's event. */
  String authorizer(Client client, HandshakeRequest request) {
    ObjectNode event = JSON.createObjectNode();
    event.put("type", "REQUEST");
    event.put("methodArn", methodArn());
    putHeaders(event, request.allHeaders());
    event.set("queryStringParameters", last(request.query()));
    event.set("multiValueQueryStringParameters", all(request.query()));
    event.putObject("stageVariables");
    event.set("requestContext", context(client, RouteSelector.CONNECT, "CONNECT", ids.next()));
    return event.toString();
  }

  /** The event of {@code $connect}. */
  String connect(Client client, HandshakeRequest request) {
    ObjectNode event = JSON.createObjectNode();
    putHeaders(event, request.headers());
    if (!request.query().isEmpty()) {
      event.set("queryStringParameters", last(request.query()));
      event.set("multiValueQueryStringParameters", all(request.query()));
    }
    event.set("requestContext", context(client, RouteSelector.CONNECT, "CONNECT", ids.next()));
    event.put("isBase64Encoded", false);
    return event.toString();
  }

  /** The event of a frame that selected a route. */
  String message(Client client, String routeKey, String requestId, String frame) {
    ObjectNode event = JSON.createObjectNode();
    ObjectNode context = context(client, routeKey, "MESSAGE", requestId);
    context.put("messageId", ids.next());
    event.set("requestContext", context);
    event.put("body", frame);
    event.put("isBase64Encoded", false);
    return event.toString();
  }

  /** The event of {@code $disconnect}. */
  String disconnect(Client client, int statusCode, String reason) {
    ObjectNode event = JSON.createObjectNode();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of(client.domainName()));
    headers.put("x-api-key", List.of(""));
    headers.put("X-Forwarded-For", List.of(""));
    headers.put("x-restapi", List.of(""));
    putHeaders(event, headers);
    ObjectNode context = context(client, RouteSelector.DISCONNECT, "DISCONNECT", ids.next());
    context.put("disconnectStatusCode", statusCode);
    context.put("disconnectReason", reason);
    event.set("requestContext", context);
    event.put("isBase64Encoded", false);
    return event.toString();
  }

  private ObjectNode context(Client client, String routeKey, String eventType, String requestId) {
    Instant now = clock.instant();
    ObjectNode context = JSON.createObjectNode();
    context.put("routeKey", routeKey);
    if (!client.authorizer().isEmpty()) {
      context.set("authorizer", JSON.valueToTree(client.authorizer()));
    }
    context.put("eventType", eventType);
    context.put("extendedRequestId", requestId);
    context.put("requestTime", REQUEST_TIME.format(now));
    context.put("messageDirection", "IN");
    context.put("stage", api.stage());
    context.put("connectedAt", client.connectedAt().toEpochMilli());
    context.put("requestTimeEpoch", now.toEpochMilli());
    ObjectNode identity = context.putObject("identity");
    if (client.userAgent() != null) {
      identity.put("userAgent", client.userAgent());
    }
    identity.put("sourceIp", client.sourceIp());
    context.put("requestId", requestId);
    context.put("domainName", client.domainName());
    context.put("connectionId", client.connectionId());
    context.put("apiId", api.id());
    return context;
  }

  private static void putHeaders(ObjectNode event, Map<String, List<String>> headers) {
    event.set("headers", last(headers));
    event.set("multiValueHeaders", all(headers));
  }

  private static ObjectNode last(Map<String, List<String>> values) {
    ObjectNode node = JSON.createObjectNode();
    values.forEach((name, list) -> node.put(name, list.getLast()));
    return node;
  }

  private static ObjectNode all(Map<String, List<String>> values) {
    ObjectNode node = JSON.createObjectNode();
    values.forEach(
        (name, list) -> {
          ArrayNode array = node.putArray(name);
          list.forEach(array::add);
        });
    return node;
  }
}
