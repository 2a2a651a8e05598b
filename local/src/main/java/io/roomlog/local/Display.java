package io.roomlog.local;

import static java.util.stream.Collectors.joining;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Queue;
import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.deployment.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run shows while it starts: what it starts, in the order of the data flow. */
final class Display {
  private static final int COLUMNS_MAX = 100;

  private Display() {}

  static List<String> heading(RunOptions options, Deployment deployment) {
    List<String> lines = new ArrayList<>();
    lines.add("Roomlog from " + options.template());
    String kept = options.dataFolder().map(f -> "kept in " + f).orElse("in memory");
    lines.addAll(block("tables", deployment.tables().stream().map(Display::table).toList(), kept));
    lines.addAll(
        block("functions", deployment.functions().stream().map(Display::function).toList(), ""));
    lines.addAll(block("routes", routes(deployment.api()), ""));
    lines.addAll(
        block("streams", deployment.mappings().stream().map(Display::mapping).toList(), ""));
    lines.addAll(block("queues", queues(deployment), ""));
    lines.addAll(block("no effect", wrapped(deployment.withoutEffect()), ""));
    lines.addAll(block("faults", wrapped(faults(options.plan())), ""));
    return lines;
  }

  static List<String> ready(Duration since, Optional<String> page, String address, String view) {
    List<String> lines = new ArrayList<>();
    String ready = "Ready after %.1f s.".formatted(since.toMillis() / 1_000.0);
    if (page.isPresent()) {
      lines.add(ready + " To chat, open this in two windows of a browser (Ctrl-C here ends it):");
      lines.addAll(List.of("", "  " + page.get(), ""));
      lines.add("or paste this into two other terminals:");
    } else {
      lines.add(ready + " To chat, paste this into two other terminals (Ctrl-C here ends it):");
    }
    lines.addAll(List.of("", "  npx wscat -c " + address, "", "How it is doing: " + view, ""));
    return lines;
  }

  /** How often each fault struck, for the end of a run. */
  static List<String> struck(Map<String, Long> faults) {
    return faults.entrySet().stream()
        .map(
            fault ->
                "Fault %s struck %d time%s"
                    .formatted(fault.getKey(), fault.getValue(), fault.getValue() == 1 ? "" : "s"))
        .toList();
  }

  private static List<String> faults(FaultPlan plan) {
    List<String> words = new ArrayList<>();
    plan.chosen().forEach(name -> words.add(name + "=" + plan.share(name)));
    if (!words.isEmpty()) {
      words.add("repeated with --fault-seed " + plan.seed());
    }
    return words;
  }

  private static List<String> block(String label, List<String> entries, String note) {
    List<String> lines = new ArrayList<>();
    for (String entry : entries) {
      String text = lines.isEmpty() && !note.isEmpty() ? entry + "   (" + note + ")" : entry;
      lines.add("  %-11s%s".formatted(lines.isEmpty() ? label : "", text));
    }
    return lines;
  }

  private static List<String> wrapped(List<String> words) {
    List<String> lines = new ArrayList<>();
    for (String word : words) {
      String joined = lines.isEmpty() ? word : lines.getLast() + ", " + word;
      if (lines.isEmpty() || joined.length() > COLUMNS_MAX) {
        lines.add(word);
      } else {
        lines.set(lines.size() - 1, joined);
      }
    }
    return lines;
  }

  private static String table(Table table) {
    String keys = table.keys().stream().map(Table.Key::attribute).collect(joining(", "));
    String stream = table.streamView() == null ? "" : ", stream " + table.streamView();
    String expiry = table.ttl().map(attribute -> ", expires by " + attribute).orElse("");
    return "%s [%s%s%s]".formatted(table.logicalId(), keys, stream, expiry);
  }

  private static String function(Function function) {
    return "%s [%s, %d s]"
        .formatted(function.logicalId(), function.handler(), function.timeout().toSeconds());
  }

  private static List<String> routes(Api api) {
    return api.routes().values().stream()
        .sorted(Comparator.comparing(Api.Route::key))
        .map(Display::route)
        .toList();
  }

  private static String route(Api.Route route) {
    String authorizer = route.authorizer() == null ? "" : route.authorizer() + " → ";
    String answer = route.twoWay() ? " → client" : "";
    return "%s → %s%s%s".formatted(route.key(), authorizer, route.function(), answer);
  }

  private static List<String> queues(Deployment deployment) {
    return deployment.queues().stream()
        .map(Queue::logicalId)
        .map(
            queue ->
                deployment.queueMappings().stream()
                    .filter(mapping -> mapping.queue().equals(queue))
                    .findAny()
                    .map(to -> queue + " → " + to.function())
                    .orElse(queue))
        .toList();
  }

  private static String mapping(StreamMapping mapping) {
    return "%s → %s [up to %d records]"
        .formatted(mapping.table(), mapping.function(), mapping.batchSize());
  }
}
