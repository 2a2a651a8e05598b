package io.roomlog.bench.memory;

import io.roomlog.bench.machine.Processor;
import io.roomlog.bench.machine.Spread;
import io.roomlog.bench.report.Prices;
import io.roomlog.bench.report.Table;
import io.roomlog.bench.time.Latencies;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What memory comes to. */
final class MemoryTables {

  private static final double MIB_A_GIB = 1_024;
  private static final double MILLION = 1e6;

  private MemoryTables() {}

  static String assumptions(MemoryBench.Pace pace, int connections) {
    return """
    A warm function, %d events after %d that are not counted, in %d rounds; a room of %d \
    connections. %s. Processor time is of its whole process. "Here" is the mean until the answer \
    with a whole processor; DynamoDB Local is quicker than DynamoDB.

    **The times behind it are reckoned**: processor time over the share of a processor that the \
    memory brings (1,769 MB is one), and %s ms for each call to a table, one after the other, and \
    %s ms for the posts, as in the model of virtual time. Dollars are for a million events, for \
    time and memory on arm64 and the request.

    """
        .formatted(
            pace.events(),
            pace.warming(),
            pace.rounds(),
            connections,
            Processor.binding("The function may use processor 0 only"),
            Spread.number(Latencies.ASSUMED.call()),
            Spread.number(Latencies.ASSUMED.post()));
  }

  /** One function. */
  static String of(
      String function, int deployedMiB, double calls, Map<Integer, List<Used>> measured) {
    boolean posts = function.equals("FanOutFunction");
    double waiting = calls * Latencies.ASSUMED.call() + (posts ? Latencies.ASSUMED.post() : 0);
    Table table =
        new Table(
            "memory, MB",
            "of a processor",
            "processor time, ms",
            "here, ms",
            "reckoned, ms",
            "reckoned, $ a million",
            "");
    measured.forEach(
        (memory, rounds) -> {
          double millis =
              new Used(median(rounds, Used::millis), median(rounds, Used::processorMillis))
                  .millisWith(memory, waiting);
          table.row(
              memory,
              Spread.number(Used.share(memory)),
              spread(rounds, Used::processorMillis),
              spread(rounds, Used::millis),
              Spread.number(millis),
              Spread.number(dollars(memory, millis)),
              memory == deployedMiB ? "in the template" : "");
        });
    return "## %s\n\n%s calls to tables an event%s.\n\n%s\n"
        .formatted(function, Spread.number(calls), posts ? ", and the posts" : "", table);
  }

  /** Lambda bills whole milliseconds. */
  private static double dollars(int memoryMiB, double millis) {
    return MILLION * Prices.ofEvent(memoryMiB / MIB_A_GIB, Math.ceil(millis) / 1e3);
  }

  private static double median(List<Used> rounds, ToDoubleFunction<Used> which) {
    return spread(rounds, which).median();
  }

  private static Spread spread(List<Used> rounds, ToDoubleFunction<Used> which) {
    return Spread.of(rounds.stream().map(which::applyAsDouble).toList());
  }
}
