package io.roomlog.bench.report;

import io.roomlog.bench.counts.SelfClock;
import io.roomlog.bench.time.Assumptions;
import io.roomlog.bench.time.Latencies;
import io.roomlog.bench.time.Outcome;
import io.roomlog.bench.time.Runs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs in virtual time. */
public final class TimeReport {

  /** As many posts at once as a function made before, for comparison. */
  private static final int FEW = 128;

  private static final int[] CONNECTIONS = {10_000, 100_000, 1_000_000};
  private static final long SEED = 1;

  private final Map<Integer, Double> last = new LinkedHashMap<>();

  /** Seconds from the first post to the last recipient, by default. */
  public Map<Integer, Double> last() {
    return Map.copyOf(last);
  }

  /** One message to a room. */
  public String broadcasts() {
    Table table =
        new Table(
            "connections",
            "posts at once",
            "faults",
            "bound, s",
            "first post to last recipient, s",
            "times the bound",
            "send to last recipient, s",
            "refused / post",
            "not delivered");
    Assumptions defaults = Assumptions.defaults(SEED);
    for (int connections : CONNECTIONS) {
      broadcast(table, defaults.concurrency(FEW, FEW), connections);
      Outcome usual = broadcast(table, defaults, connections);
      last.put(connections, usual.postingMillis() / 1e3);
      broadcast(table, defaults.withFaults(), connections);
    }
    return table.toString();
  }

  private static Outcome broadcast(Table table, Assumptions assumptions, int connections) {
    Outcome outcome = Runs.broadcast(assumptions, connections);
    double seconds = outcome.postingMillis() / 1e3;
    table.row(
        connections,
        assumptions.crowd(),
        assumptions.faults() ? "0.5 % gone, 0.2 % full" : "none",
        assumptions.bound(connections),
        seconds,
        seconds / assumptions.bound(connections),
        outcome.max() / 1e3,
        (double) outcome.refused() / (outcome.refused() + outcome.admitted()),
        outcome.expected() - outcome.delivered());
    return outcome;
  }

  /** Messages for a while. */
  public String steady() {
    Table table =
        new Table(
            "connections",
            "messages/s",
            "send p50/p99, ms",
            "delivery p50/p99/max, ms",
            "posts / delivered",
            "most ranges waiting",
            "missing, less what came twice",
            "keeps up");
    Assumptions defaults = Assumptions.defaults(SEED);
    for (double rate : new double[] {1, 10, 50, 300, 900}) {
      steady(table, defaults, 1_000, rate);
    }
    for (double rate : new double[] {1, 10, 50, 90, 100, 110}) {
      steady(table, defaults, 10_000, rate);
    }
    for (double rate : new double[] {0.5, 1, 2, 5, 9, 10, 11}) {
      steady(table, defaults, 100_000, rate);
    }
    return table.toString();
  }

  private static void steady(Table table, Assumptions assumptions, int connections, double rate) {
    Outcome outcome = Runs.steady(assumptions, connections, rate, Duration.ofSeconds(60));
    table.row(
        connections,
        rate,
        "%.0f / %.0f".formatted(outcome.ackP50(), outcome.ackP99()),
        "%.0f / %.0f / %.0f".formatted(outcome.p50(), outcome.p99(), outcome.max()),
        outcome.postsPerDelivered(),
        outcome.mostWaiting(),
        outcome.expected() - outcome.delivered(),
        outcome.saturated() ? "no" : "yes");
  }

  /** Small rooms alone and beside a big one. */
  public String beside() {
    Table table =
        new Table(
            "rate that the crowd function is told",
            "beside",
            "small rooms' p50/p99/max, ms",
            "not delivered",
            "refused / post of the account");
    for (double known :
        new double[] {SelfClock.ACCOUNT_PER_SECOND, 2 * SelfClock.ACCOUNT_PER_SECOND}) {
      Assumptions assumptions = Assumptions.defaults(SEED).known(known);
      for (int big : new int[] {0, 100_000}) {
        Outcome outcome = Runs.beside(assumptions, 50, 20, big, 0.2, Duration.ofSeconds(60));
        table.row(
            known,
            big == 0 ? "nothing" : "a room of 100,000, a message each 5 s",
            "%.0f / %.0f / %.0f".formatted(outcome.p50(), outcome.p99(), outcome.max()),
            outcome.expected() - outcome.delivered(),
            (double) outcome.refused() / (outcome.refused() + outcome.admitted()));
      }
    }
    return table.toString();
  }

  /** An account with a tenth of the rate. */
  public String slowAccount() {
    Table table =
        new Table(
            "connections",
            "account's rate",
            "rate that the crowd function is told",
            "goodput / rate",
            "lost",
            "429 / post");
    int connections = 30_000;
    for (double known : new double[] {10_000, 1_000}) {
      double depth = Math.min(Assumptions.DEPTH, known / 2);
      Assumptions assumptions =
          Assumptions.defaults(SEED).perSecond(1_000).depth(depth).known(known);
      Outcome outcome = Runs.broadcast(assumptions, connections);
      double seconds = outcome.postingMillis() / 1e3;
      table.row(
          connections,
          "1,000/s",
          known,
          (outcome.delivered() - depth) / seconds / assumptions.perSecond(),
          outcome.expected() - outcome.delivered(),
          (double) outcome.refused() / (outcome.refused() + outcome.admitted()));
    }
    return table.toString();
  }

  /** Every assumption half as large and half as large again. */
  public String sensitivity() {
    Table table =
        new Table(
            "assumption",
            "times",
            "1,000 x 10/s: delivery p50/p99, ms",
            "send p50/p99, ms",
            "100,000: first post to last recipient, s");
    sensitivity(table, "as assumed", 1, Latencies.ASSUMED);
    for (Latencies.Assumption each : Latencies.Assumption.values()) {
      for (double factor : new double[] {0.5, 1.5}) {
        sensitivity(table, each.name(), factor, Latencies.ASSUMED.with(each, factor));
      }
    }
    return table.toString();
  }

  private static void sensitivity(Table table, String name, double factor, Latencies latencies) {
    Assumptions assumptions = Assumptions.defaults(SEED).latencies(latencies);
    Outcome steady = Runs.steady(assumptions, 1_000, 10, Duration.ofSeconds(60));
    Outcome broadcast = Runs.broadcast(assumptions, 100_000);
    table.row(
        name,
        factor,
        "%.0f / %.0f".formatted(steady.p50(), steady.p99()),
        "%.0f / %.0f".formatted(steady.ackP50(), steady.ackP99()),
        broadcast.postingMillis() / 1e3);
  }
}
