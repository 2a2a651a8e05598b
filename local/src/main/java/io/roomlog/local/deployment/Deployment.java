package io.roomlog.local.deployment;

import java.util.List;

/**
 * All of a template that has an effect on one machine.
 *
 * @param tables the tables
 * @param functions the functions
 * @param api the WebSocket API
 * @param mappings the event source mappings of streams
 * @param queues the queues
 * @param queueMappings the event source mappings of queues
 * @param withoutEffect {@code LogicalId (Type)} of each resource that has no local effect
 */
public record Deployment(
    List<Table> tables,
    List<Function> functions,
    Api api,
    List<StreamMapping> mappings,
    List<Queue> queues,
    List<QueueMapping> queueMappings,
    List<String> withoutEffect) {

  /** Copies what is given. */
  public Deployment {
    tables = List.copyOf(tables);
    functions = List.copyOf(functions);
    mappings = List.copyOf(mappings);
    queues = List.copyOf(queues);
    queueMappings = List.copyOf(queueMappings);
    withoutEffect = List.copyOf(withoutEffect);
  }

  /** A deployment in which no queue invokes a function. */
  public Deployment(
      List<Table> tables,
      List<Function> functions,
      Api api,
      List<StreamMapping> mappings,
      List<Queue> queues,
      List<String> withoutEffect) {
    this(tables, functions, api, mappings, queues, List.of(), withoutEffect);
  }
}
