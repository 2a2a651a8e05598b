package io.roomlog.local.template;

import io.roomlog.local.deployment.Function;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Reads the Lambda functions. */
final class FunctionReader {
  /** What SAM and Lambda take where nothing is said. */
  static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(3);

  /** What Lambda takes where nothing is said, in MiB. */
  static final int MEMORY_DEFAULT = 128;

  private static final String SNAP_START = "SnapStart";

  private final Path folder;
  private final HandlerCheck handlers;
  private final Findings findings;

  /**
   * Reads functions.
   *
   * @param folder the template's, from which {@code CodeUri} starts
   */
  FunctionReader(Path folder, HandlerCheck handlers, Findings findings) {
    this.folder = folder;
    this.handlers = handlers;
    this.findings = findings;
  }

  static Duration timeout(Stack.Sound function) {
    return function.properties().seconds("Timeout", TIMEOUT_DEFAULT);
  }

  /** The functions without a problem, by logical id. */
  SequencedMap<String, Function> read(Stack stack) {
    SequencedMap<String, Function> functions = new LinkedHashMap<>();
    for (Stack.Sound resource : stack.ofType(ResourceType.FUNCTION)) {
      if (!namesItsCode(resource)) {
        continue;
      }
      int before = findings.count();
      Function function = function(resource);
      if (findings.count() == before) {
        functions.put(resource.logicalId(), function);
      }
    }
    return functions;
  }

  /** What is wrong in Globals is wrong in each function, and each would go on with it. */
  private boolean namesItsCode(Stack.Sound resource) {
    boolean names = true;
    for (String property : List.of("CodeUri", "Handler")) {
      if (resource.properties().text(property).isEmpty()) {
        String what = property + " is not text";
        findings.add(resource.line(property), resource.logicalId(), what, "write a string");
        names = false;
      }
    }
    return names;
  }

  private Function function(Stack.Sound resource) {
    Properties properties = resource.properties();
    Map<String, String> environment = properties.under("Environment").textsByKey("Variables");
    new EnvironmentCheck(findings).check(resource, environment);
    checkVersions(resource);
    new HandlerFindings(folder, handlers, findings).check(resource);
    return new Function(
        resource.logicalId(),
        resource.identity().name(),
        resource.arn(),
        properties.required("Handler"),
        properties.required("CodeUri"),
        environment,
        timeout(resource),
        properties.number("MemorySize", MEMORY_DEFAULT),
        new PolicyReader(resource, findings).read());
  }

  private void checkVersions(Stack.Sound resource) {
    Properties properties = resource.properties();
    if (properties.items("Architectures").size() > 1) {
      String what = "Architectures has " + properties.texts("Architectures");
      findings.add(resource.line("Architectures"), resource.logicalId(), what, "name one");
    }
    if (properties.has("ProvisionedConcurrencyConfig") && !properties.has("AutoPublishAlias")) {
      tellWithout(resource, "ProvisionedConcurrencyConfig");
    }
    if (properties.has("DeploymentPreference") && !properties.has("AutoPublishAlias")) {
      tellWithout(resource, "DeploymentPreference");
    }
    boolean hasSnapStart =
        properties
            .under(SNAP_START)
            .text("ApplyOn")
            .filter("PublishedVersions"::equals)
            .isPresent();
    if (hasSnapStart && properties.has("ProvisionedConcurrencyConfig")) {
      String what = "SnapStart beside ProvisionedConcurrencyConfig";
      findings.add(resource.line(SNAP_START), resource.logicalId(), what, "remove one of them");
    }
  }

  private void tellWithout(Stack.Sound resource, String property) {
    String what = property + " without AutoPublishAlias";
    findings.add(resource.line(property), resource.logicalId(), what, "add AutoPublishAlias: live");
  }
}
