package io.roomlog.local.template;

import io.roomlog.local.deployment.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What event source mappings of streams and of queues have in common. */
final class MappingParts {
  static final String TYPE = "AWS::Lambda::EventSourceMapping";

  /**
   * The most filters of a mapping that an account allows unasked
   * (docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html).
   */
  static final int FILTERS_MAX = 5;

  private final Stack stack;
  private final Map<String, Function> functions;
  private final Findings findings;

  /**
   * Parts of mappings.
   *
   * @param functions those that were read without a problem, by logical id
   */
  MappingParts(Stack stack, Map<String, Function> functions, Findings findings) {
    this.stack = stack;
    this.functions = functions;
    this.findings = findings;
  }

  Optional<Stack.Sound> function(Stack.Sound mapping) {
    String name = mapping.properties().required("FunctionName");
    Optional<Stack.Sound> function =
        new FunctionNames(stack).find(name).map(FunctionNames.Named::function);
    if (function.isEmpty() && !stack.isUnsound(name)) {
      String what = "FunctionName is " + name + ", no function of this template";
      tell(mapping, "FunctionName", what, "write !Ref Function");
    }
    return function;
  }

  /** The patterns of the filters, each of them a JSON object. */
  List<String> patterns(Stack.Sound mapping) {
    List<Properties> filters = mapping.properties().under("FilterCriteria").structures("Filters");
    if (filters.size() > FILTERS_MAX) {
      String what =
          "FilterCriteria has " + filters.size() + " filters; the limit is " + FILTERS_MAX;
      tell(mapping, "FilterCriteria", what, "join some: a list in a pattern is an or");
    }
    List<String> patterns = new ArrayList<>();
    for (Properties filter : filters) {
      String pattern = filter.text("Pattern").orElse("");
      FilterPattern.fault(pattern)
          .ifPresentOrElse(
              fault ->
                  findings.add(
                      filter.line("Pattern"),
                      mapping.logicalId(),
                      "Pattern is " + pattern + ": " + fault,
                      "write e.g. '{\"eventName\":[\"INSERT\"]}'"),
              () -> patterns.add(pattern));
    }
    return patterns;
  }

  boolean reportsFailures(Stack.Sound mapping) {
    return mapping.properties().texts("FunctionResponseTypes").contains("ReportBatchItemFailures");
  }

  /** Tells each property that belongs to another kind of source. */
  void refuse(Stack.Sound mapping, Set<String> properties, String source) {
    for (String property : properties) {
      if (mapping.properties().has(property)) {
        tell(mapping, property, property + " on a mapping of " + source, "remove it");
      }
    }
  }

  /**
   * Tells what Lambda needs of the function's role to make the mapping
   * (docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html).
   */
  void need(
      Stack.Sound mapping, Stack.Sound function, String action, String resource, String property) {
    Optional.ofNullable(functions.get(function.logicalId()))
        .filter(known -> !known.allows(action, resource))
        .ifPresent(
            known -> {
              String what =
                  "the policies of "
                      + known.logicalId()
                      + " do not allow "
                      + action
                      + " on "
                      + resource;
              tell(mapping, property, what, "add a statement to its Policies");
            });
  }

  void tell(Stack.Sound mapping, String property, String what, String mend) {
    findings.add(mapping.line(property), mapping.logicalId(), what, mend);
  }
}
