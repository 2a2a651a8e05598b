package io.roomlog.bench.memory;

import io.roomlog.bench.machine.Progress;
import io.roomlog.bench.start.FunctionRun;
import io.roomlog.bench.start.Variant;
import io.roomlog.local.functions.RuntimeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Question: how long does a warm function take, and what does it cost, with less memory and so with
 * less of a processor?
 *
 * <p>Topology: the function in a process of its own on one processor, under AWS's runtime client,
 * with the heap of the size; gateway, DynamoDB Local and ten clients in another; loopback, no TLS.
 * Sizes take turns. Processor time is the operating system's account of the whole process, and
 * divided by the share that a size has; nothing is throttled here.
 */
public final class MemoryBench {

  /** Those that are compared, in MiB. */
  static final List<Integer> SIZES = List.of(256, 512, 1_024, Used.PROCESSOR_MIB);

  private static final int CONNECTIONS = 10;
  private static final List<String> FUNCTIONS =
      List.of("SendMessageFunction", "ConnectFunction", "FanOutFunction");

  private final Progress progress = new Progress("memory");
  private final Pace pace;
  private final Path folder;
  private final RuntimeClient client;
  private int started;

  /**
   * How much is measured.
   *
   * @param warming events before
   * @param events that are measured
   * @param rounds of all sizes
   */
  public record Pace(int warming, int events, int rounds) {}

  /**
   * A measurement.
   *
   * @param folder for what the functions print
   */
  public MemoryBench(Pace pace, Path folder) {
    this.pace = pace;
    this.folder = folder;
    this.client = RuntimeClient.unpacked(folder);
  }

  /** Measures and says so in Markdown. */
  public String report() throws IOException, InterruptedException {
    progress.at("taking down what functions get in a run");
    try (Script script = Script.played(CONNECTIONS, pace.warming() + pace.events())) {
      StringBuilder text = new StringBuilder(MemoryTables.assumptions(pace, CONNECTIONS));
      for (String function : FUNCTIONS) {
        Variant.Java deployed = Variant.deployed(script.world(), function);
        text.append(
            MemoryTables.of(
                function,
                deployed.memoryMiB(),
                script.callsAnEvent(function),
                measured(function, deployed, script.of(function))));
      }
      return text.toString();
    }
  }

  /**
   * One function with the memory that it is deployed with: what an event takes, in milliseconds.
   */
  public double one() throws IOException, InterruptedException {
    try (Script script = Script.played(1, pace.warming() + pace.events())) {
      String function = FUNCTIONS.getFirst();
      return once(Variant.deployed(script.world(), function), script.of(function)).millis();
    }
  }

  private Map<Integer, List<Used>> measured(
      String function, Variant.Java deployed, List<String> events)
      throws IOException, InterruptedException {
    Map<Integer, List<Used>> used = new TreeMap<>();
    for (int round = 1; round <= pace.rounds(); round++) {
      progress.at("%s, round %d of %d".formatted(function, round, pace.rounds()));
      for (int size : SIZES) {
        used.computeIfAbsent(size, _ -> new ArrayList<>()).add(once(deployed.with(size), events));
      }
    }
    return used;
  }

  /** Where there are fewer events than it takes, they come again. */
  private Used once(Variant variant, List<String> events) throws IOException, InterruptedException {
    Path output = folder.resolve("memory-" + started++ + ".log");
    try (FunctionRun run = FunctionRun.started(client, variant, events.getFirst(), output)) {
      run.awaitAsked();
      run.awaitAnswered();
      run.awaitAsked();
      for (int i = 1; i < pace.warming(); i++) {
        run.answer(events.get(i % events.size()));
      }
      Duration before = run.processorTime();
      Duration took = Duration.ZERO;
      for (int i = 0; i < pace.events(); i++) {
        took = took.plus(run.answer(events.get((pace.warming() + i) % events.size())));
      }
      Duration processor = run.processorTime().minus(before);
      return new Used(millis(took) / pace.events(), millis(processor) / pace.events());
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
