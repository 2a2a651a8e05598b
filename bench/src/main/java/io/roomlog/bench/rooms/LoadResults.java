package io.roomlog.bench.rooms;

import io.roomlog.bench.machine.Spread;
import io.roomlog.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** What became of loads. */
public final class LoadResults {

  /** Below this share of the offered rate a run is marked: its times say how long it ran. */
  private static final double SATURATED = 0.99;

  private static final double PERCENT = 100;

  private final LoadBench.Pace pace;
  private final List<Repetition> repetitions = new ArrayList<>();
  private OptionalLong residentMib = OptionalLong.empty();

  private record Repetition(
      Load load, long lost, int outOfPlace, int voids, double server, double clients) {

    boolean saturated() {
      return load.achieved() < SATURATED * load.offered();
    }
  }

  LoadResults(LoadBench.Pace pace) {
    this.pace = pace;
  }

  void add(Load load, List<Receiver> receivers, double server, double clients) {
    long received = receivers.stream().mapToLong(Receiver::received).sum();
    repetitions.add(
        new Repetition(
            load,
            (long) load.count() * receivers.size() - received,
            receivers.stream().mapToInt(Receiver::outOfPlace).sum(),
            receivers.getFirst().voids(),
            server,
            clients));
  }

  void residentMib(OptionalLong mib) {
    residentMib = mib;
  }

  /** Messages that reached a connection, over all. */
  public long deliveries() {
    return repetitions.stream().mapToLong(each -> each.load().deliveries().count()).sum();
  }

  /** Messages that did not reach a connection, over all. */
  public long lost() {
    return repetitions.stream().mapToLong(Repetition::lost).sum();
  }

  /** Messages that their senders did not get an ack for, over all. */
  public int unacknowledged() {
    return repetitions.stream()
        .mapToInt(each -> each.load().count() - each.load().acknowledged())
        .sum();
  }

  /** In Markdown. */
  @Override
  public String toString() {
    Table table =
        new Table(
            "repetition",
            "offered/s",
            "achieved/s",
            "deliveries",
            "lost",
            "out of place",
            "voids",
            "p50, ms",
            "p99, ms",
            "most, ms",
            "last recipient p50, ms",
            "processors: server, %",
            "clients, %",
            "");
    for (int i = 0; i < repetitions.size(); i++) {
      row(table, i + 1, repetitions.get(i));
    }
    return """
    %,d connections of the reference client in one room, %d messages a second for %d s after %d s \
    of warm-up, which is %,d deliveries a second; %d repetitions on the same connections. Open \
    loop: a delivery counts from the time at which its message should have been sent. The server \
    is the process that `./roomlog` starts; above 1,000 connections the room goes through the \
    queue and the crowd function. All clients are another process on the same processors; \
    loopback, no TLS. A repetition that falls more than 1 %% behind what it is offered is \
    *saturated*: its times say how long it ran, and not how long a delivery takes. Processor \
    time is a share of all processors.

    %s
    Over the repetitions: p50 %s, p99 %s, most %s ms. %,d lost, %d messages not acknowledged.%s
    """
        .formatted(
            pace.connections(),
            pace.perSecond(),
            pace.seconds(),
            pace.warmUpSeconds(),
            (long) pace.connections() * pace.perSecond(),
            pace.repetitions(),
            table,
            spread(each -> each.load().deliveries().p50()),
            spread(each -> each.load().deliveries().p99()),
            spread(each -> each.load().deliveries().most()),
            lost(),
            unacknowledged(),
            residentMib.isPresent()
                ? " The server held " + residentMib.getAsLong() + " MiB at the end."
                : "");
  }

  private static void row(Table table, int number, Repetition each) {
    Load load = each.load();
    table.row(
        number,
        Spread.number(load.offered()),
        Spread.number(load.achieved()),
        load.deliveries().count(),
        each.lost(),
        each.outOfPlace(),
        each.voids(),
        Spread.number(load.deliveries().p50()),
        Spread.number(load.deliveries().p99()),
        Spread.number(load.deliveries().most()),
        Spread.number(load.lastRecipients().p50()),
        Spread.number(PERCENT * each.server()),
        Spread.number(PERCENT * each.clients()),
        each.saturated() ? "saturated" : "");
  }

  private Spread spread(ToDoubleFunction<Repetition> figure) {
    return Spread.of(repetitions.stream().map(figure::applyAsDouble).toList());
  }
}
