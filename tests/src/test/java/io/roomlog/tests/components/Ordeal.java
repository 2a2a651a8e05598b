package io.roomlog.tests.components;

import io.roomlog.local.gateway.Fault;
import io.roomlog.local.tables.TableFault;
import io.roomlog.tests.components.Trouble.Fate;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * One component in trouble.
 *
 * @param component what
 * @param fault how
 * @param alarm the logical id of the alarm that should go off; empty if none should
 * @param lasts for how long: as long as that alarm needs to see it
 * @param begin starts it
 * @param struck how often it has struck since the start of the run
 */
record Ordeal(
    String component,
    String fault,
    String alarm,
    Duration lasts,
    BiConsumer<Trouble, Company> begin,
    ToLongFunction<Trouble> struck) {

  /** Several batches and retries, and a call is tried for 5 s, of which a send makes a few. */
  private static final Duration USUAL = Duration.ofSeconds(21);

  /** A batch is given up once it is a minute old. */
  private static final Duration UNTIL_BATCHES_ARE_GIVEN_UP = Duration.ofSeconds(80);

  private static final Set<String> ALL = Set.of();
  private static final Set<String> FAN_OUTS = Set.of("FanOutFunction", "CrowdFunction");

  /**
   * All of them, in their order. A range of a big room that fails holds up its room for minutes, so
   * what can make one fail comes last: else it would be seen in what comes after it.
   */
  static List<Ordeal> all(World world) {
    return List.of(
        functions("is killed, 1 invocation in 2", "RouteErrorsAlarm", Fate.DIES, 2, "SendFunction"),
        functions(
            "runs into its timeout, 1 in 2", "RouteErrorsAlarm", Fate.TIMES_OUT, 2, "SendFunction"),
        functions("stands still for 2 s, 1 in 2", "", Fate.FREEZES, 2, "SendFunction"),
        clocks(world),
        functions(
            "is killed every time, and everybody is cut off",
            "AuthorizerErrorsAlarm",
            Fate.DIES,
            1,
            "AuthorizerFunction"),
        stream(),
        functions("is not invoked", "IteratorAgeAlarm", Fate.WAITS, 1, "FanOutFunction"),
        functions(
            "is not invoked: the queue stands",
            "CrowdQueueAgeAlarm",
            Fate.WAITS,
            1,
            "CrowdFunction"),
        tables(
            "carries 1 in 2 writes out and answers 500",
            "",
            0.5,
            ALL,
            TableFault.TABLE_WRITTEN_YET_FAILED),
        tables(
            "throttles 9 of 10 calls", "TableThrottlesAlarm", 0.9, ALL, TableFault.TABLE_THROTTLED),
        tables("answers 500 to 9 of 10 calls", "StorageAlarm", 0.9, ALL, TableFault.TABLE_FAILED),
        tables(
            "never answers 1 in 2 calls",
            "StorageAlarm",
            0.5,
            ALL,
            TableFault.TABLE_HANGS,
            TableFault.TABLE_WRITTEN_YET_HANGS),
        tables(
            "fails the fan-outs' reads",
            "RoomsNotPushedAlarm",
            1,
            FAN_OUTS,
            TableFault.TABLE_FAILED),
        posts("refuses 1 post in 2 (429)", "AccountRateAlarm", Fault.POST_THROTTLED),
        posts("never answers 1 post in 2", "PushLatencyAlarm", Fault.POST_HANGS),
        posts("delivers 1 post in 2 and answers 500", "", Fault.POST_DELIVERED_YET_FAILED),
        functions(
            "is killed, 1 invocation in 2",
            "PushErrorsAlarm",
            Fate.DIES,
            2,
            "FanOutFunction",
            "CrowdFunction"),
        functions("is killed every time", "GivenUpBatchesAlarm", Fate.DIES, 1, "FanOutFunction")
            .lasting(UNTIL_BATCHES_ARE_GIVEN_UP));
  }

  /** The same for a longer time; for as long as it needs if that is shorter. */
  Ordeal lasting(Duration longer) {
    return new Ordeal(
        component, fault, alarm, longer.compareTo(lasts) > 0 ? longer : lasts, begin, struck);
  }

  /** As it is spoken of. */
  String name() {
    return component + " " + fault;
  }

  private static Ordeal tables(
      String fault, String alarm, double share, Set<String> of, TableFault... faults) {
    return new Ordeal(
        "DynamoDB",
        fault,
        alarm,
        USUAL,
        (trouble, _) -> trouble.tables(share, of, faults),
        Ordeal::counted);
  }

  private static Ordeal posts(String fault, String alarm, Fault which) {
    return new Ordeal(
        "@connections",
        fault,
        alarm,
        USUAL,
        (trouble, _) -> trouble.posts(which, 0.5),
        trouble -> trouble.posts(which));
  }

  private static Ordeal stream() {
    return new Ordeal(
        "stream",
        "brings nothing",
        "PushLatencyAlarm",
        USUAL,
        (trouble, _) -> trouble.stall(true),
        Trouble::stalledReads);
  }

  private static Ordeal clocks(World world) {
    return new Ordeal(
        "clocks",
        "are 90 s apart",
        "",
        USUAL,
        (trouble, _) ->
            trouble.replaced(
                new SkewedFunctions(world, Duration.ofSeconds(-45), Duration.ofSeconds(45)),
                SkewedFunctions.NAMES),
        Ordeal::counted);
  }

  private static Ordeal functions(
      String fault, String alarm, Fate fate, int oneIn, String... names) {
    return new Ordeal(
        String.join(", ", names),
        fault,
        alarm,
        USUAL,
        (trouble, company) -> {
          trouble.functions(fate, oneIn, names);
          if (names[0].equals("AuthorizerFunction")) {
            company.cut();
          }
        },
        Ordeal::counted);
  }

  private static long counted(Trouble trouble) {
    return trouble.struck().values().stream().mapToLong(Long::longValue).sum();
  }
}
