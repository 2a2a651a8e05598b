package io.roomlog.bench.beside;

import io.roomlog.bench.beside.BesideBench.Room;
import io.roomlog.bench.machine.Latencies;
import io.roomlog.bench.machine.Spread;
import io.roomlog.bench.report.LineChart;
import io.roomlog.bench.report.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** How the ways fared in all rooms. */
public final class BesideResults {

  private final BesideBench.Pace pace;
  private final Map<Room, List<Fared>> rooms = new LinkedHashMap<>();

  BesideResults(BesideBench.Pace pace) {
    this.pace = pace;
  }

  void add(Room room, List<Fared> fared) {
    rooms.put(room, fared);
  }

  /** A sender's time over the size of the room, a line for each way. */
  public LineChart senders() {
    return chart("A sender's time, median", Fared::senders);
  }

  /** The time of a delivery over the size of the room, a line for each way. */
  public LineChart deliveries() {
    return chart("From the sender to each recipient, median", Fared::deliveries);
  }

  private LineChart chart(String title, Function<Fared, Latencies> which) {
    LineChart chart =
        new LineChart(title, "connections", "ms").withLogarithmicSizes().withLogarithmicValues();
    List<Map.Entry<Room, List<Fared>>> whole =
        rooms.entrySet().stream().filter(each -> each.getKey().deadPercent() == 0).toList();
    double[] sizes = whole.stream().mapToDouble(each -> each.getKey().connections()).toArray();
    for (Way way : Way.values()) {
      chart.line(
          way.title(),
          sizes,
          whole.stream()
              .mapToDouble(
                  each ->
                      spread(Fared.of(way, each.getValue()), fared -> which.apply(fared).p50())
                          .median())
              .toArray());
    }
    return chart;
  }

  /** In Markdown. */
  @Override
  public String toString() {
    return """
    Three ways over the same connections, gateway and DynamoDB Local, all with the HTTP client of \
    CRT, the samples' inside of the SDK, in turns: **Roomlog** appends, and the stream's function pushes; **sample as today**: the \
    sender's function reads one page of the whole table and posts to each connection, 50 at once, \
    and the first post that fails ends it with 500; **sample repaired**: all pages, 128 posts at \
    once, a 410 deletes its row and harms nobody else. Both samples are written anew in Java.

    Everything shares one process and its processors, over loopback without TLS; the stream is \
    polled every 250 ms. Open loop: times count from when a message should have been sent; \
    messages of 200 characters by five senders in turn; connections speak `roomlog.v1`. One round \
    not counted, then %d: median of the rounds, and smallest and largest in brackets. Nothing is \
    slowed down to look like AWS: ratios say something, milliseconds are this machine's. A way \
    whose sends end at less than 0.99 of the offered rate is *saturated*.

    ## Over the size of the room

    %s
    ## With dead connections

    They are cut without a close, `$disconnect` is never told, and their rows are put back before \
    each turn.

    %s\
    """
        .formatted(pace.rounds(), bySize(), byDead());
  }

  private Table bySize() {
    Table table =
        new Table(
            "connections",
            "messages/s",
            "way",
            "sender p50, ms",
            "÷ Roomlog's",
            "sender p99, ms",
            "delivery p50, ms",
            "÷ Roomlog's",
            "delivery p99, ms",
            "goodput, %",
            "");
    rooms.forEach(
        (room, all) -> {
          List<Fared> roomlog = Fared.of(Way.ROOMLOG, all);
          for (Way way : room.deadPercent() == 0 ? Way.values() : new Way[0]) {
            List<Fared> own = Fared.of(way, all);
            Spread sender = spread(own, each -> each.senders().p50());
            Spread delivery = spread(own, each -> each.deliveries().p50());
            table.row(
                room.connections(),
                Spread.number(room.perSecond()),
                way.title(),
                sender,
                Spread.number(
                    sender.median() / spread(roomlog, each -> each.senders().p50()).median()),
                spread(own, each -> each.senders().p99()),
                delivery,
                Spread.number(
                    delivery.median() / spread(roomlog, each -> each.deliveries().p50()).median()),
                spread(own, each -> each.deliveries().p99()),
                spread(own, Fared::goodput),
                Fared.saturated(own) ? "saturated" : "");
          }
        });
    return table;
  }

  private Table byDead() {
    Table table =
        new Table(
            "connections",
            "dead, %",
            "way",
            "goodput, %",
            "sends failed",
            "posts to a dead connection a turn",
            "sender p50, ms",
            "delivery p50, ms",
            "delivery p99, ms",
            "");
    int largestWithDead =
        rooms.keySet().stream()
            .filter(room -> room.deadPercent() > 0)
            .mapToInt(Room::connections)
            .max()
            .orElse(0);
    rooms.forEach(
        (room, all) -> {
          for (Way way : room.connections() == largestWithDead ? Way.values() : new Way[0]) {
            List<Fared> own = Fared.of(way, all);
            table.row(
                room.connections(),
                room.deadPercent(),
                way.title(),
                spread(own, Fared::goodput),
                own.stream().mapToInt(Fared::failed).sum()
                    + " of "
                    + own.stream().mapToInt(Fared::messages).sum(),
                spread(own, Fared::postsToADeadConnection),
                spread(own, each -> each.senders().p50()),
                spread(own, each -> each.deliveries().p50()),
                spread(own, each -> each.deliveries().p99()),
                Fared.saturated(own) ? "saturated" : "");
          }
        });
    return table;
  }

  /** Sends that failed, of each way in the order of the tables, over all rooms. */
  public List<Integer> failedSends() {
    return Arrays.stream(Way.values()).map(way -> all(way).mapToInt(Fared::failed).sum()).toList();
  }

  /** The share of what the living should have got that they got, of each way, in percent. */
  public List<Double> goodputPercent() {
    return Arrays.stream(Way.values())
        .map(way -> all(way).mapToDouble(Fared::goodput).average().orElseThrow())
        .toList();
  }

  private Stream<Fared> all(Way way) {
    return rooms.values().stream().flatMap(each -> Fared.of(way, each).stream());
  }

  private static Spread spread(List<Fared> all, ToDoubleFunction<Fared> figure) {
    return Spread.of(all.stream().map(figure::applyAsDouble).toList());
  }
}
