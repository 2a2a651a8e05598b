package io.roomlog.local.template;

import io.roomlog.local.deployment.Function;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the Lambda functions. */
final class FunctionReader {
  /** What SAM and Lambda take where nothing is said, in seconds. */
  static final int TIMEOUT_DEFAULT = 3;

  /** What Lambda takes where nothing is said, in MiB. */
  static final int MEMORY_DEFAULT = 128;

  List<Function> read(Stack stack) {
    List<Function> functions = new ArrayList<>();
    stack.ofType(ResourceType.FUNCTION).forEach(each -> functions.add(function(each)));
    return functions;
  }

  private Function function(Stack.Sound resource) {
    Properties properties = resource.properties();
    return new Function(
        resource.logicalId(),
        resource.identity().name(),
        resource.arn(),
        properties.required("Handler"),
        properties.required("CodeUri"),
        properties.under("Environment").textsByKey("Variables"),
        Duration.ofSeconds(properties.number("Timeout", TIMEOUT_DEFAULT)),
        properties.number("MemorySize", MEMORY_DEFAULT));
  }
}
