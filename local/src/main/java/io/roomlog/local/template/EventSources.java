package io.roomlog.local.template;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.QueueMapping;
import io.roomlog.local.deployment.StreamMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the event source mappings, each by the kind of its source. */
final class EventSources {
  private static final String SOURCE = "EventSourceArn";

  private final Stack stack;
  private final MappingParts parts;
  private final List<StreamMapping> streams = new ArrayList<>();
  private final List<QueueMapping> queues = new ArrayList<>();
  private final List<String> disabled = new ArrayList<>();
  private final Set<List<String>> pairs = new HashSet<>();

  /**
   * Reads the mappings.
   *
   * @param functions those that were read without a problem, by logical id
   */
  EventSources(Stack stack, Map<String, Function> functions, Findings findings) {
    this.stack = stack;
    this.parts = new MappingParts(stack, functions, findings);
    stack.ofType(MappingParts.TYPE).forEach(this::read);
  }

  List<StreamMapping> streams() {
    return streams;
  }

  List<QueueMapping> queues() {
    return queues;
  }

  /** The logical ids of the mappings that are switched off. */
  List<String> disabled() {
    return disabled;
  }

  private void read(Stack.Sound mapping) {
    String arn = mapping.properties().required(SOURCE);
    Optional<Stack.Sound> table =
        stack.find(
            TableReader.TYPE,
            each -> each.identity().attribute("StreamArn").filter(arn::equals).isPresent());
    Optional<Stack.Sound> queue = stack.find(QueueReader.TYPE, each -> each.arn().equals(arn));
    boolean isDisabled = mapping.properties().text("Enabled").filter("false"::equals).isPresent();
    if (isDisabled) {
      disabled.add(mapping.logicalId());
    }
    refuseSecond(mapping, arn);
    if (table.isPresent()) {
      new StreamMappingReader(stack, parts)
          .read(mapping, table.get())
          .filter(_ -> !isDisabled)
          .ifPresent(streams::add);
    } else if (queue.isPresent()) {
      new QueueMappingReader(parts)
          .read(mapping, queue.get())
          .filter(_ -> !isDisabled)
          .ifPresent(queues::add);
    } else if (!stack.isUnsound(arn)) {
      String what = SOURCE + " is " + arn + ", neither a stream nor a queue of this template";
      parts.tell(mapping, SOURCE, what, "write !GetAtt Table.StreamArn or !GetAtt Queue.Arn");
    }
  }

  private void refuseSecond(Stack.Sound mapping, String arn) {
    String function = mapping.properties().required("FunctionName");
    if (!pairs.add(List.of(arn, function))) {
      String what = "a second mapping of " + arn + " to " + function;
      parts.tell(mapping, SOURCE, what, "keep one of them");
    }
  }
}
