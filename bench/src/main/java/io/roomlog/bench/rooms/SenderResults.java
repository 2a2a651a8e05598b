package io.roomlog.bench.rooms;

import io.roomlog.bench.machine.Latencies;
import io.roomlog.bench.machine.Line;
import io.roomlog.bench.machine.Spread;
import io.roomlog.bench.report.LineChart;
import io.roomlog.bench.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What senders waited for. */
public final class SenderResults {

  private static final double SLOPE_MICROS_MAX = 1;
  private static final double P99_RATIO_MAX = 1.05;
  private static final double MODELLED_P50_MAX = 25;
  private static final double MODELLED_P99_MAX = 40;
  private static final double MICROS_PER_MILLI = 1_000;

  private final SenderBench.Pace pace;
  private final Map<Integer, List<Latencies>> plain;
  private final Map<Integer, List<Latencies>> modelled;

  SenderResults(
      SenderBench.Pace pace,
      Map<Integer, List<Latencies>> plain,
      Map<Integer, List<Latencies>> modelled) {
    this.pace = pace;
    this.plain = plain;
    this.modelled = modelled;
  }

  /** Acknowledged messages, in all rooms of both runs. */
  public long messages() {
    return Stream.of(plain, modelled)
        .flatMap(rooms -> rooms.values().stream())
        .flatMap(List::stream)
        .mapToLong(Latencies::count)
        .sum();
  }

  /** The times over the size of the room. */
  public LineChart chart() {
    double[] sizes = plain.keySet().stream().mapToDouble(size -> size).toArray();
    return new LineChart("A sender's time over the size of the room", "connections", "ms")
        .withLogarithmicSizes()
        .line("p50", sizes, values(Latencies::p50))
        .line("p99", sizes, values(Latencies::p99));
  }

  private double[] values(ToDoubleFunction<Latencies> figure) {
    return plain.values().stream().mapToDouble(each -> spread(each, figure).median()).toArray();
  }

  /** In Markdown. */
  @Override
  public String toString() {
    return """
    `send` without an id, 200 bytes, from the time at which it should have been sent to the \
    arrival of its ack; open loop, %s messages/s, %d a turn by up to five connections of the \
    room, then the next room; one repetition not counted, then %d. Gateway, DynamoDB Local, all \
    functions and all clients share one process and its processors, over loopback without TLS; \
    the stream is polled every 250 ms. So a push to a large room, which on AWS another function \
    makes on another machine, takes processor time from the sends here. Median of the \
    repetitions, and smallest and largest in brackets; p99 of all messages together.

    A room of 10,000 real connections does not fit on a machine with two processors. That the \
    room's size does not matter there either is known without measuring: a send makes two calls \
    to tables, whoever is in the room ([counts.md](counts.md)), and none of them reads members.

    %s
    %s
    ## With the model's times

    Calls of functions to tables are answered no sooner than the model says (p50 5 ms, p99 \
    16 ms, lognormal, seed %d), and the sender's function begins %s ms after its event. What \
    this machine needs beyond that is in the figures. %s messages/s, %d a turn.

    %s
    %s\
    """
        .formatted(
            Spread.number(pace.plain().perSecond()),
            pace.plain().count(),
            pace.repetitions(),
            table(plain),
            slope(),
            ModelledTimes.SEED,
            Spread.number(io.roomlog.bench.time.Latencies.ASSUMED.invoke()),
            Spread.number(pace.modelled().perSecond()),
            pace.modelled().count(),
            table(modelled),
            modelledVerdict());
  }

  private static Table table(Map<Integer, List<Latencies>> turns) {
    Table table =
        new Table(
            "connections", "messages", "p50, ms", "p99 of a repetition, ms", "p99, ms", "most, ms");
    turns.forEach(
        (size, repetitions) -> {
          Latencies all = together(repetitions);
          table.row(
              size,
              all.count(),
              spread(repetitions, Latencies::p50),
              spread(repetitions, Latencies::p99),
              Spread.number(all.p99()),
              Spread.number(all.most()));
        });
    return table;
  }

  private String slope() {
    Spread slopes =
        Spread.of(IntStream.range(0, pace.repetitions()).mapToObj(this::slope).toList());
    int largest = plain.keySet().stream().mapToInt(size -> size).max().orElseThrow();
    double first = together(of(pace.plain().sizes().getFirst())).p99();
    double last = together(of(largest)).p99();
    return """
    Slope of p50 over connections, by least squares in each repetition: %s µs a connection. \
    Target (row 2) 0 ± %.0f: **%s**. p99 with %,d connections over p99 with %,d: %s, target \
    %s: **%s**.
    """
        .formatted(
            slopes,
            SLOPE_MICROS_MAX,
            verdict(Math.abs(slopes.median()) <= SLOPE_MICROS_MAX),
            largest,
            pace.plain().sizes().getFirst(),
            Spread.number(last / first),
            P99_RATIO_MAX,
            verdict(last <= P99_RATIO_MAX * first));
  }

  private double slope(int repetition) {
    Map<Integer, Double> points = new LinkedHashMap<>();
    plain.forEach((size, turns) -> points.put(size, turns.get(repetition).p50()));
    return MICROS_PER_MILLI * Line.through(points).slope();
  }

  private String modelledVerdict() {
    StringBuilder text = new StringBuilder();
    modelled.forEach(
        (size, repetitions) -> {
          Latencies all = together(repetitions);
          text.append(
              "Target (row 3) p50 %.0f, p99 %.0f ms: with %,d connections %s and %s: **%s**.\n"
                  .formatted(
                      MODELLED_P50_MAX,
                      MODELLED_P99_MAX,
                      size,
                      Spread.number(all.p50()),
                      Spread.number(all.p99()),
                      verdict(all.p50() <= MODELLED_P50_MAX && all.p99() <= MODELLED_P99_MAX)));
        });
    return text.toString();
  }

  private List<Latencies> of(int size) {
    return Objects.requireNonNull(plain.get(size));
  }

  private static Latencies together(List<Latencies> repetitions) {
    Latencies all = new Latencies();
    repetitions.forEach(all::add);
    return all;
  }

  private static Spread spread(List<Latencies> repetitions, ToDoubleFunction<Latencies> figure) {
    return Spread.of(repetitions.stream().map(figure::applyAsDouble).toList());
  }

  private static String verdict(boolean met) {
    return met ? "met" : "not met";
  }
}
