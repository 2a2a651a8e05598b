package io.roomlog.tests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The tables of {@link SideBySideBench}. */
final class SideBySideTables {

  private SideBySideTables() {}

  /** The rows of a room without dead connections, one a way. */
  static List<String> bySize(int size, Map<Way, Fared> ways) {
    List<String> rows = new ArrayList<>();
    Fared roomlog = Objects.requireNonNull(ways.get(Way.ROOMLOG));
    for (Way way : Way.values()) {
      Fared fared = Objects.requireNonNull(ways.get(way));
      rows.add(
          "| %d | %s | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f | %.1f %% |"
              .formatted(
                  size,
                  way.title(),
                  fared.senders().p50(),
                  fared.senders().most(),
                  fared.senders().p50() / roomlog.senders().p50(),
                  fared.deliveries().p50(),
                  fared.deliveries().p99(),
                  fared.deliveries().p50() / roomlog.deliveries().p50(),
                  fared.goodput()));
      System.out.println(rows.getLast());
    }
    return rows;
  }

  /** The rows of a room of which some connections are dead, one a way. */
  static List<String> byDead(int percent, Map<Way, Fared> ways) {
    List<String> rows = new ArrayList<>();
    for (Way way : Way.values()) {
      Fared fared = Objects.requireNonNull(ways.get(way));
      rows.add(
          "| %d %% | %s | %.1f %% | %d of %d | %.1f | %.1f | %.1f | %.1f |"
              .formatted(
                  percent,
                  way.title(),
                  fared.goodput(),
                  fared.failed(),
                  fared.messages(),
                  fared.postsToADeadConnection(),
                  fared.senders().p50(),
                  fared.deliveries().p50(),
                  fared.deliveries().p99()));
      System.out.println(rows.getLast());
    }
    return rows;
  }

  static void print(List<String> bySize, List<String> byDead) {
    System.out.println(
        "| connections | way | sender p50 ms | sender most ms | sender p50 ÷ Roomlog's"
            + " | delivery p50 ms | delivery p99 ms | delivery p50 ÷ Roomlog's | goodput |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    bySize.forEach(System.out::println);
    System.out.println(
        "| dead | way | goodput | sends failed | posts to a dead connection a turn"
            + " | sender p50 ms | delivery p50 ms | delivery p99 ms |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    byDead.forEach(System.out::println);
  }
}
