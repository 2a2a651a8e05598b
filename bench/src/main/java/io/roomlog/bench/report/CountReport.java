package io.roomlog.bench.report;

import io.roomlog.bench.counts.Cell;
import io.roomlog.bench.counts.DeadConnections;
import io.roomlog.bench.counts.RoomlogRun;
import io.roomlog.bench.counts.SampleRules;
import io.roomlog.bench.counts.SelfClock;
import io.roomlog.core.membership.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts, and what they cost. */
public final class CountReport {

  private static final int[] CONNECTIONS = {10, 100, 1_000, 10_000};
  private static final int[] RATES = {1, 10, 50};
  private static final int PUSHES = 8;
  private static final int DEAD = 10;

  private final List<Cell> ours = new ArrayList<>();
  private final List<Cell> samples = new ArrayList<>();

  /** Counts. */
  public CountReport() throws InterruptedException {
    for (int connections : CONNECTIONS) {
      RoomlogRun run = new RoomlogRun(connections, Dialect.ROOMLOG);
      for (int rate : RATES) {
        Cell cell = run.run(rate, PUSHES);
        ours.add(cell);
        samples.add(SampleRules.count(connections, rate, cell.messages()));
      }
    }
  }

  /** What was counted of Roomlog. */
  public List<Cell> ours() {
    return List.copyOf(ours);
  }

  /** The counts. */
  public String counts() throws InterruptedException {
    Table table =
        new Table(
            "connections",
            "messages/s",
            "way",
            "k",
            "posts / delivered",
            "billed 32-KB units / delivered",
            "frame bytes / delivered",
            "calls / send",
            "write units / message",
            "read units / message",
            "queue requests / message");
    for (int i = 0; i < ours.size(); i++) {
      add(table, ours.get(i));
      add(table, samples.get(i));
    }
    add(table, new RoomlogRun(100, Dialect.PLAIN).run(10, PUSHES));
    return table + "\n" + dead();
  }

  private static void add(Table table, Cell cell) {
    SelfClock clock = new SelfClock(cell.connections(), cell.messagesPerSecond());
    boolean coalesces = cell.way() == Cell.Way.ROOMLOG;
    table.row(
        cell.connections(),
        cell.messagesPerSecond(),
        cell.way().title(),
        coalesces ? clock.messagesPerPush() : 1,
        cell.postsPerDelivered(),
        cell.billedPerDelivered(),
        cell.bytesPerDelivered(),
        cell.callsPerSend(),
        cell.writesPerMessage(),
        cell.readsPerMessage(),
        cell.queueCallsPerMessage());
  }

  private static String dead() {
    Table table =
        new Table(
            "way",
            "messages",
            "posts in vain / dead connection",
            "questions / dead connection",
            "sends that fail");
    for (int messages : new int[] {1, 5, 50}) {
      for (DeadConnections each :
          List.of(
              DeadConnections.roomlog(DEAD, messages),
              DeadConnections.sample(DEAD, messages),
              DeadConnections.repairedSample(DEAD, messages))) {
        table.row(
            each.way(),
            messages,
            each.postsEach(),
            (double) each.questions() / DEAD,
            each.failedSends());
      }
    }
    return table.toString();
  }

  /** Dollars. */
  public String cost() {
    Table table =
        new Table("connections", "messages/s", "AWS sample", "Roomlog", "ratio", "cheaper");
    for (int i = 0; i < ours.size(); i++) {
      double sample = Prices.ofMillion(samples.get(i));
      double our = Prices.ofMillion(ours.get(i));
      long needed = (long) ours.get(i).connections() * ours.get(i).messagesPerSecond();
      boolean possible = needed <= SelfClock.ACCOUNT_PER_SECOND;
      table.row(
          ours.get(i).connections(),
          ours.get(i).messagesPerSecond(),
          String.format(Locale.ROOT, "%.3f", sample)
              + (possible ? "" : " (cannot be: " + needed + " posts/s)"),
          our,
          sample / our,
          our < sample ? "Roomlog" : "**the sample**");
    }
    return table.toString();
  }
}
