package io.roomlog.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates the policy document that an authorizer returns, as IAM does: what no statement allows
 * is denied, and a Deny outweighs every Allow
 * (docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
 */
final class AuthorizerPolicy {

  /** What an authorizer's policy must allow. */
  static final String ACTION = "execute-api:Invoke";

  private final JsonNode document;

  AuthorizerPolicy(JsonNode document) {
    this.document = document;
  }

  /**
   * Whether the policy lets a handshake through.
   *
   * @param methodArn the handshake's ARN
   */
  boolean allows(String methodArn) {
    List<JsonNode> statements = elements(document.path("Statement"));
    return statements.stream().anyMatch(statement -> allows(statement, methodArn))
        && statements.stream().noneMatch(statement -> denies(statement, methodArn));
  }

  private static boolean allows(JsonNode statement, String methodArn) {
    return hasEffect(statement, "Allow")
        && !isBeyondEvaluation(statement)
        && matches(statement, methodArn);
  }

  private static boolean denies(JsonNode statement, String methodArn) {
    return hasEffect(statement, "Deny")
        && (isBeyondEvaluation(statement) || matches(statement, methodArn));
  }

  /** What is not evaluated here must not let anybody in. */
  private static boolean isBeyondEvaluation(JsonNode statement) {
    return statement.has("Condition") || statement.has("NotAction") || statement.has("NotResource");
  }

  private static boolean hasEffect(JsonNode statement, String effect) {
    return effect.equals(statement.path("Effect").asText());
  }

  private static boolean matches(JsonNode statement, String methodArn) {
    return elements(statement.path("Action")).stream()
            .anyMatch(action -> wildcard(action.asText(), Pattern.CASE_INSENSITIVE, ACTION))
        && elements(statement.path("Resource")).stream()
            .anyMatch(resource -> wildcard(resource.asText(), 0, methodArn));
  }

  private static boolean wildcard(String pattern, int flags, String text) {
    String regex =
        Stream.of(pattern.split("(?<=[*?])|(?=[*?])"))
            .map(
                part ->
                    switch (part) {
                      case "*" -> ".*";
                      case "?" -> ".";
                      default -> Pattern.quote(part);
                    })
            .collect(Collectors.joining());
    return Pattern.compile(regex, flags).matcher(text).matches();
  }

  /** IAM lets a list of one be written without its brackets. */
  private static List<JsonNode> elements(JsonNode oneOrMany) {
    if (!oneOrMany.isArray()) {
      return oneOrMany.isMissingNode() ? List.of() : List.of(oneOrMany);
    }
    List<JsonNode> elements = new ArrayList<>();
    oneOrMany.forEach(elements::add);
    return elements;
  }
}
