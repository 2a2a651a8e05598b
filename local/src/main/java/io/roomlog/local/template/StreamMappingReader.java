package io.roomlog.local.template;

import io.roomlog.local.deployment.StreamMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the event source mappings of table streams. */
final class StreamMappingReader {
  static final String TYPE = "AWS::Lambda::EventSourceMapping";

  /** What Lambda takes for a stream where nothing is said. */
  static final int BATCH_SIZE_DEFAULT = 100;

  private static final int FOREVER = -1;

  private final Stack stack;
  private final Findings findings;

  StreamMappingReader(Stack stack, Findings findings) {
    this.stack = stack;
    this.findings = findings;
  }

  List<StreamMapping> read() {
    List<StreamMapping> mappings = new ArrayList<>();
    for (Stack.Sound resource : stack.ofType(TYPE)) {
      mapping(resource).ifPresent(mappings::add);
    }
    return mappings;
  }

  private Optional<StreamMapping> mapping(Stack.Sound resource) {
    return table(resource)
        .flatMap(table -> function(resource).map(function -> mapping(resource, table, function)));
  }

  private StreamMapping mapping(Stack.Sound resource, Stack.Sound table, Stack.Sound function) {
    Properties properties = resource.properties();
    int age = properties.number("MaximumRecordAgeInSeconds", FOREVER);
    int attempts = properties.number("MaximumRetryAttempts", FOREVER);
    return new StreamMapping(
        resource.logicalId(),
        table.logicalId(),
        function.logicalId(),
        properties.required("StartingPosition"),
        properties.number("BatchSize", BATCH_SIZE_DEFAULT),
        Duration.ofSeconds(properties.number("MaximumBatchingWindowInSeconds", 0)),
        properties.number("ParallelizationFactor", 1),
        patterns(properties),
        properties.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
        properties.truth("BisectBatchOnFunctionError"),
        age == FOREVER ? null : Duration.ofSeconds(age),
        attempts == FOREVER ? null : attempts,
        onFailure(resource));
  }

  private static List<String> patterns(Properties properties) {
    return properties.under("FilterCriteria").structures("Filters").stream()
        .flatMap(filter -> filter.text("Pattern").stream())
        .toList();
  }

  private Optional<Stack.Sound> table(Stack.Sound resource) {
    String arn = resource.properties().required("EventSourceArn");
    Optional<Stack.Sound> table =
        stack.find(TableReader.TYPE, each -> each.identity().attributes().containsValue(arn));
    if (table.isEmpty() && !stack.isUnsound(arn)) {
      String what = "EventSourceArn is " + arn + ", no stream of this template";
      findings.add(
          resource.line("EventSourceArn"), resource.logicalId(), what, "!GetAtt Table.StreamArn");
    }
    return table;
  }

  private Optional<Stack.Sound> function(Stack.Sound resource) {
    String name = resource.properties().required("FunctionName");
    Optional<Stack.Sound> function =
        new FunctionNames(stack).find(name).map(FunctionNames.Named::function);
    if (function.isEmpty() && !stack.isUnsound(name)) {
      String what = "FunctionName is " + name + ", no function of this template";
      findings.add(resource.line("FunctionName"), resource.logicalId(), what, "!Ref Function");
    }
    return function;
  }

  private @Nullable String onFailure(Stack.Sound resource) {
    Optional<String> arn =
        resource.properties().under("DestinationConfig").under("OnFailure").text("Destination");
    return arn.flatMap(text -> stack.find(QueueReader.TYPE, each -> each.arn().equals(text)))
        .map(Stack.Sound::logicalId)
        .orElse(null);
  }
}
