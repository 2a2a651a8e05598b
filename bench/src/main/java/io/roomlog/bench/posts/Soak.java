package io.roomlog.bench.posts;

import io.roomlog.bench.machine.Processor;
import io.roomlog.bench.machine.Spread;
import io.roomlog.bench.posts.SoakBench.Sample;
import io.roomlog.bench.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a soak came to, and by which rules it passes. */
public final class Soak {

  private static final double MIB = 1_024 * 1_024;
  private static final double GROWTH_MAX = 1.05;
  private static final double GROWTH_MIB_MAX = 4;
  private static final int MORE_MAX = 2;
  private static final double SLOWEST_MIN = 0.5;

  /** What the fan-out gives one post. */
  private static final Duration GAP_MAX = Duration.ofSeconds(2);

  private final Duration warmUp;
  private final List<Sample> samples;

  Soak(Duration warmUp, List<Sample> samples) {
    this.warmUp = warmUp;
    this.samples = List.copyOf(samples);
  }

  /** A rule, and whether it is kept. */
  private record Rule(String rule, String found, boolean kept) {}

  /** Whether every rule is kept. */
  public boolean passes() {
    return rules().stream().allMatch(Rule::kept);
  }

  /** Posts that failed. */
  public long failed() {
    return samples.stream().mapToLong(Sample::failed).sum();
  }

  /** Posts a second, over all of it. */
  public double perSecond() {
    return samples.stream().mapToDouble(Sample::perSecond).average().orElseThrow();
  }

  /** Seconds since the warm-up, a sample each. */
  public double[] seconds() {
    return samples.stream().mapToDouble(Sample::second).toArray();
  }

  /** MiB of the heap in use after a collection, a sample each. */
  public double[] heap() {
    return samples.stream().mapToDouble(sample -> sample.memory().heap() / MIB).toArray();
  }

  /** MiB of the process beside its heap, a sample each. */
  public double[] beside() {
    return samples.stream().mapToDouble(sample -> sample.memory().beside() / MIB).toArray();
  }

  private List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(flat("heap in use after a collection, MiB", sample -> sample.memory().heap() / MIB));
    rules.add(flat("process beside its heap, MiB", sample -> sample.memory().beside() / MIB));
    rules.add(level("platform threads", sample -> sample.memory().threads()));
    rules.add(level("open files", sample -> sample.memory().files()));
    Duration gap = samples.stream().map(Sample::gap).max(Duration::compareTo).orElseThrow();
    rules.add(
        new Rule(
            "longest time without a completed post under %d ms, the limit of one post"
                .formatted(GAP_MAX.toMillis()),
            gap.toMillis() + " ms",
            gap.compareTo(GAP_MAX) < 0));
    Spread rate = Spread.of(samples.stream().map(Sample::perSecond).toList());
    rules.add(
        new Rule(
            "slowest interval at least half of the median's posts a second",
            Spread.number(rate.min() / rate.median()),
            rate.min() >= SLOWEST_MIN * rate.median()));
    rules.add(new Rule("no post failed", failed() + " failed", failed() == 0));
    return rules;
  }

  /** The last third is hardly larger than the first. */
  private Rule flat(String what, ToDoubleFunction<Sample> figure) {
    double first = third(0, figure);
    double last = third(2, figure);
    return new Rule(
        "%s: median of the last third at most 5 %% or %.0f MiB above that of the first"
            .formatted(what, GROWTH_MIB_MAX),
        "%s → %s".formatted(Spread.number(first), Spread.number(last)),
        last <= Math.max(GROWTH_MAX * first, first + GROWTH_MIB_MAX));
  }

  private Rule level(String what, ToDoubleFunction<Sample> figure) {
    double first = third(0, figure);
    double last = third(2, figure);
    return new Rule(
        "%s: median of the last third at most %d more than of the first".formatted(what, MORE_MAX),
        "%.0f → %.0f".formatted(first, last),
        last <= first + MORE_MAX);
  }

  private double third(int number, ToDoubleFunction<Sample> figure) {
    int size = samples.size() / 3;
    return Spread.of(
            samples.subList(number * size, (number + 1) * size).stream()
                .map(figure::applyAsDouble)
                .toList())
        .median();
  }

  /** The verdict and what it rests on, in Markdown. */
  @Override
  public String toString() {
    Table verdict = new Table("rule", "found", "");
    rules()
        .forEach(rule -> verdict.row(rule.rule(), rule.found(), rule.kept() ? "kept" : "broken"));
    Table table =
        new Table(
            "second",
            "posts/s",
            "processor time a post, µs",
            "longest time without one, ms",
            "heap, MiB",
            "beside the heap, MiB",
            "resident, MiB",
            "threads",
            "files");
    for (Sample sample : samples) {
      PostingClient.Memory memory = sample.memory();
      table.row(
          sample.second(),
          Spread.number(sample.perSecond()),
          Spread.number(sample.cpuMicros()),
          sample.gap().toMillis(),
          Spread.number(memory.heap() / MIB),
          Spread.number(memory.beside() / MIB),
          Spread.number(memory.resident() / MIB),
          memory.threads(),
          memory.files());
    }
    return """
    The fan-out's sender (`GatewayPosts`), %d posts of 300 bytes at once, each from a virtual thread, closed loop, to a \
    server that answers 200, under TLS 1.3 over loopback; first compiler only, serial collector, \
    256 MB of heap that is touched before the start. %s. %d s of warm-up, then %d s. The heap is \
    looked at right after a collection, which is in the gaps; what the process holds beside the \
    heap is resident memory less the heap.

    **%s**

    %s
    %s\
    """
        .formatted(
            PostingClient.WORKERS,
            Processor.binding("The client may use processor 0 only, the server processor 1 only"),
            warmUp.toSeconds(),
            samples.getLast().second(),
            passes() ? "It neither grows nor stalls: every rule is kept." : "A rule is broken.",
            verdict,
            table);
  }
}
