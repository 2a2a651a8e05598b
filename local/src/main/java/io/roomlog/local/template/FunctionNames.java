package io.roomlog.local.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the function that a name means: the name itself, an ARN, or part of one, each with a
 * version or alias behind it or without
 * (docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html, FunctionName).
 */
final class FunctionNames {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:arn:aws:lambda:[a-z0-9-]+:)?([0-9]{12}):function:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?");
  private static final Pattern INVOCATION =
      Pattern.compile(
          "arn:[a-z-]+:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/(.+)/invocations");

  private final Stack stack;

  FunctionNames(Stack stack) {
    this.stack = stack;
  }

  /**
   * A function as somebody names it.
   *
   * @param function the function
   * @param qualifier the version or alias, or the empty text
   */
  record Named(Stack.Sound function, String qualifier) {
    /** How a reader of the template knows it. */
    String label() {
      return qualifier.isEmpty() ? function.logicalId() : function.logicalId() + ":" + qualifier;
    }

    /** The qualified ARN, which a permission must match as it stands. */
    String arn() {
      return qualifier.isEmpty() ? function.arn() : function.arn() + ":" + qualifier;
    }
  }

  Optional<Named> find(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String qualifier = matcher.group(3) == null ? "" : matcher.group(3);
    return stack
        .find(ResourceType.FUNCTION, each -> each.identity().name().equals(matcher.group(2)))
        .filter(function -> has(function, qualifier))
        .map(function -> new Named(function, qualifier));
  }

  private static boolean has(Stack.Sound function, String qualifier) {
    Optional<String> alias = function.properties().text("AutoPublishAlias");
    return qualifier.isEmpty()
        || qualifier.equals("$LATEST")
        || alias.filter(name -> name.equals(qualifier) || qualifier.matches("[0-9]+")).isPresent();
  }

  /** The function's name or ARN in the URI by which API Gateway invokes it. */
  static Optional<String> ofInvocation(String uri) {
    Matcher matcher = INVOCATION.matcher(uri);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
