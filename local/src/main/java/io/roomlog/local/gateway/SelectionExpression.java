package io.roomlog.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route selection expression: how a frame's text becomes a route key.
 *
 * <p>{@code $request.body.action}, a deeper path, an array's index, or several of them with text
 * between, {@code ${request.body.service}/${request.body.action}}. What is found is stringified:
 * {@code {"action":5}} selects the route {@code 5}, an array {@code [item1, item2]}
 * (docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html).
 */
final class SelectionExpression {

  private static final ObjectReader STRICT =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String PATH = "request\\.body((?:\\.[A-Za-z0-9_-]+|\\[\\d{1,9}])+)";
  private static final Pattern PLAIN = Pattern.compile("\\$" + PATH);
  private static final Pattern BRACED = Pattern.compile("\\$\\{" + PATH + "}");
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+)]");

  /** A piece of the key: a text as it stands, or what a path finds in the frame. */
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Path(List<Step> steps) implements Part {}
  }

  private sealed interface Step {
    record Property(String name) implements Step {}

    record Index(int index) implements Step {}
  }

  private final List<Part> parts;

  private SelectionExpression(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none that a WebSocket API knows
   */
  static SelectionExpression of(String expression) {
    Matcher plain = PLAIN.matcher(expression);
    if (plain.matches()) {
      return new SelectionExpression(List.of(path(plain.group(1))));
    }
    List<Part> parts = braced(expression);
    if (parts.stream().noneMatch(Part.Path.class::isInstance)) {
      throw new IllegalArgumentException(
          "route selection expression is %s; it must be $request.body.NAME or hold ${request.body.NAME}"
              .formatted(expression));
    }
    return new SelectionExpression(parts);
  }

  /** The key that a frame selects, or nothing if it is not JSON or lacks what a path names. */
  Optional<String> key(String frame) {
    JsonNode body;
    try {
      body = STRICT.readTree(frame);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    StringBuilder key = new StringBuilder();
    for (Part part : parts) {
      Optional<String> text =
          switch (part) {
            case Part.Text(String literal) -> Optional.of(literal);
            case Part.Path(List<Step> steps) -> find(body, steps);
          };
      if (text.isEmpty()) {
        return Optional.empty();
      }
      key.append(text.get());
    }
    return Optional.of(key.toString());
  }

  private static List<Part> braced(String expression) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = BRACED.matcher(expression);
    int end = 0;
    while (matcher.find()) {
      parts.add(new Part.Text(expression.substring(end, matcher.start())));
      parts.add(path(matcher.group(1)));
      end = matcher.end();
    }
    parts.add(new Part.Text(expression.substring(end)));
    if (parts.stream().anyMatch(part -> part instanceof Part.Text(String t) && t.contains("$"))) {
      return List.of();
    }
    return parts;
  }

  private static Part path(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    while (matcher.find()) {
      steps.add(
          matcher.group(1) == null
              ? new Step.Index(Integer.parseInt(matcher.group(2)))
              : new Step.Property(matcher.group(1)));
    }
    return new Part.Path(List.copyOf(steps));
  }

  private static Optional<String> find(JsonNode body, List<Step> steps) {
    JsonNode node = body;
    for (Step step : steps) {
      node =
          switch (step) {
            case Step.Property(String name) -> node.path(name);
            case Step.Index(int index) -> node.path(index);
          };
    }
    return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(text(node));
  }

  private static String text(JsonNode node) {
    if (node.isValueNode()) {
      return node.asText();
    }
    if (!node.isArray()) {
      return node.toString();
    }
    StringJoiner items = new StringJoiner(", ", "[", "]");
    node.forEach(item -> items.add(text(item)));
    return items.toString();
  }
}
