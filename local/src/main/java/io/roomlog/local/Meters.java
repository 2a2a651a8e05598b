package io.roomlog.local;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Table;
import io.roomlog.local.functions.PooledFunctions;
import io.roomlog.local.gateway.GatewayServer;
import io.roomlog.local.metrics.FunctionMeters;
import io.roomlog.local.queues.MessageQueue;
import io.roomlog.local.stream.MappingStatus;
import io.roomlog.local.tables.ThrottledCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The run's metrics as Prometheus's text: what the functions measure, and what on AWS the services
 * measure by themselves (invocations, the iterator's age, the depth of queues).
 */
final class Meters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
  private final FunctionMeters ofFunctions;

  Meters(List<Function> functions) {
    Map<String, String> logicalIds =
        functions.stream()
            .collect(Collectors.toUnmodifiableMap(Function::name, Function::logicalId));
    this.ofFunctions = new FunctionMeters(registry, name -> logicalIds.getOrDefault(name, name));
  }

  /** Takes a line that a function wrote. */
  void take(String line) {
    ofFunctions.take(line);
  }

  /** Shows the run's parts from now on too. */
  void show(
      GatewayServer gateway,
      List<Function> functions,
      PooledFunctions environments,
      FunctionCounts counts,
      EventSources sources,
      List<Table> tables,
      FaultInjection faults) {
    gauge("roomlog_connections", "Clients that are connected")
        .callback(callback -> callback.call(gateway.connections()))
        .register(registry);
    showFunctions(functions, environments, counts);
    showMappings(sources);
    showQueues(sources);
    showTables(tables, faults);
  }

  private void showTables(List<Table> tables, FaultInjection faults) {
    counter("roomlog_table_throttles", "Calls refused for their rate", "table", "kind")
        .callback(
            each -> {
              for (Table table : tables) {
                for (boolean write : new boolean[] {false, true}) {
                  ThrottledCalls.Kind kind = new ThrottledCalls.Kind(table.name(), write);
                  each.call(
                      (double) faults.throttled(kind), table.logicalId(), write ? "write" : "read");
                }
              }
            })
        .register(registry);
  }

  private void showFunctions(
      List<Function> functions, PooledFunctions environments, FunctionCounts counts) {
    List<String> ids = functions.stream().map(Function::logicalId).toList();
    counter("roomlog_invocations", "Invocations begun", "function")
        .callback(each -> ids.forEach(id -> each.call((double) counts.of(id).invocations(), id)))
        .register(registry);
    counter("roomlog_invocation_failures", "Invocations that threw or timed out", "function")
        .callback(each -> ids.forEach(id -> each.call((double) counts.of(id).failures(), id)))
        .register(registry);
    gauge("roomlog_invocations_in_flight", "Invocations that have not ended", "function")
        .callback(each -> ids.forEach(id -> each.call((double) counts.of(id).inFlight(), id)))
        .register(registry);
    gauge("roomlog_environments", "Execution environments", "function")
        .callback(each -> ids.forEach(id -> each.call(environments.environments(id), id)))
        .register(registry);
  }

  private void showMappings(EventSources sources) {
    mappings(sources, "roomlog_iterator_age_seconds", "Age of the oldest record", Meters::age);
    mappings(
        sources,
        "roomlog_records_outstanding",
        "Records read and not handled",
        mapping -> mapping.shards().stream().mapToInt(MappingStatus.Shard::outstanding).sum());
    counter("roomlog_records_given_up", "Records that were given up", "mapping")
        .callback(
            each ->
                sources
                    .status()
                    .forEach(of -> each.call((double) of.counts().givenUp(), of.mapping())))
        .register(registry);
    counter("roomlog_records_handled", "Records that the function handled", "mapping")
        .callback(
            each ->
                sources
                    .status()
                    .forEach(of -> each.call((double) of.counts().handled(), of.mapping())))
        .register(registry);
  }

  private void mappings(
      EventSources sources, String name, String help, ToDoubleFunction<MappingStatus> value) {
    gauge(name, help, "mapping")
        .callback(
            each ->
                sources.status().forEach(of -> each.call(value.applyAsDouble(of), of.mapping())))
        .register(registry);
  }

  private static double age(MappingStatus mapping) {
    return mapping.shards().stream()
            .map(MappingStatus.Shard::iteratorAge)
            .mapToLong(Duration::toNanos)
            .max()
            .orElse(0)
        / NANOS_PER_SECOND;
  }

  private void showQueues(EventSources sources) {
    gauge("roomlog_queue_oldest_message_seconds", "Age of the oldest message", "queue")
        .callback(
            each ->
                sources
                    .queues()
                    .all()
                    .forEach(
                        queue ->
                            each.call(
                                queue.oldestAge().toNanos() / NANOS_PER_SECOND,
                                queue.settings().logicalId())))
        .register(registry);
    gauge("roomlog_queue_messages", "Messages of a queue", "queue", "state")
        .callback(
            each ->
                sources
                    .queues()
                    .all()
                    .forEach(
                        queue -> {
                          String id = queue.settings().logicalId();
                          MessageQueue.Depth depth = queue.depth();
                          each.call(depth.visible(), id, "visible");
                          each.call(depth.inFlight(), id, "in_flight");
                          each.call(depth.delayed(), id, "delayed");
                        }))
        .register(registry);
  }

  private static GaugeWithCallback.Builder gauge(String name, String help, String... labels) {
    return GaugeWithCallback.builder().name(name).help(help).labelNames(labels);
  }

  private static CounterWithCallback.Builder counter(String name, String help, String... labels) {
    return CounterWithCallback.builder().name(name).help(help).labelNames(labels);
  }

  /** All of it at this moment. */
  String text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer could not be written", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
