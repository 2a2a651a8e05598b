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
 * @param least how long it must last for that alarm to see it
 * @param brief whether it is part of the short run
 * @param begin starts it
 * @param struck how often it has struck since the start of the run
 */
record Ordeal(
    String component,
    String fault,
    String alarm,
    Duration least,
    boolean brief,
    BiConsumer<Trouble, Company> begin,
    ToLongFunction<Trouble> struck) {

  private static final Duration AT_ONCE = Duration.ZERO;

  /** A call is tried for 5 s, and a send makes a few. */
  private static final Duration ONCE_CALLS_ARE_GIVEN_UP = Duration.ofSeconds(20);

  private static final Set<String> ALL = Set.of();
  private static final Set<String> FAN_OUTS = Set.of("FanOutFunction", "CrowdFunction");

  /** All of them, in their order. */
  static List<Ordeal> all(World world) {
    return List.of(
        tables(
            "throttles 9 of 10 calls",
            "TableThrottlesAlarm",
            AT_ONCE,
            true,
            0.9,
            ALL,
            TableFault.TABLE_THROTTLED),
        tables(
            "answers 500 to 9 of 10 calls",
            "StorageAlarm",
            ONCE_CALLS_ARE_GIVEN_UP,
            false,
            0.9,
            ALL,
            TableFault.TABLE_FAILED),
        tables(
            "carries 1 in 2 writes out and answers 500",
            "",
            AT_ONCE,
            false,
            0.5,
            ALL,
            TableFault.TABLE_WRITTEN_YET_FAILED),
        tables(
            "never answers 1 in 2 calls",
            "StorageAlarm",
            ONCE_CALLS_ARE_GIVEN_UP,
            false,
            0.5,
            ALL,
            TableFault.TABLE_HANGS,
            TableFault.TABLE_WRITTEN_YET_HANGS),
        tables(
            "fails the fan-outs' reads",
            "RoomsNotPushedAlarm",
            ONCE_CALLS_ARE_GIVEN_UP,
            false,
            1,
            FAN_OUTS,
            TableFault.TABLE_FAILED),
        posts("refuses 1 post in 2 (429)", "AccountRateAlarm", AT_ONCE, true, Fault.POST_THROTTLED),
        posts(
            "never answers 1 post in 2",
            "PushLatencyAlarm",
            Duration.ofSeconds(30),
            false,
            Fault.POST_HANGS),
        posts(
            "delivers 1 post in 2 and answers 500",
            "",
            AT_ONCE,
            false,
            Fault.POST_DELIVERED_YET_FAILED),
        functions(
            "is killed, 1 invocation in 2", "RouteErrorsAlarm", true, Fate.DIES, 2, "SendFunction"),
        functions(
            "runs into its timeout, 1 in 2",
            "RouteErrorsAlarm",
            false,
            Fate.TIMES_OUT,
            2,
            "SendFunction"),
        functions("stands still for 2 s, 1 in 2", "", false, Fate.FREEZES, 2, "SendFunction"),
        functions(
            "is killed, 1 invocation in 2",
            "PushErrorsAlarm",
            true,
            Fate.DIES,
            2,
            "FanOutFunction",
            "CrowdFunction"),
        functions(
            "is killed every time, and everybody is cut off",
            "AuthorizerErrorsAlarm",
            AT_ONCE,
            false,
            Fate.DIES,
            1,
            "AuthorizerFunction"),
        functions(
            "is not invoked",
            "IteratorAgeAlarm",
            Duration.ofSeconds(1),
            true,
            Fate.WAITS,
            1,
            "FanOutFunction"),
        new Ordeal(
            "stream",
            "brings nothing",
            "PushLatencyAlarm",
            Duration.ofSeconds(10),
            false,
            (trouble, _) -> trouble.stall(true),
            Trouble::stalledReads),
        functions(
            "is not invoked: the queue stands",
            "CrowdQueueAgeAlarm",
            Duration.ofSeconds(1),
            true,
            Fate.WAITS,
            1,
            "CrowdFunction"),
        new Ordeal(
            "clocks",
            "are 90 s apart",
            "",
            AT_ONCE,
            true,
            (trouble, _) ->
                trouble.replaced(
                    new SkewedFunctions(world, Duration.ofSeconds(-45), Duration.ofSeconds(45)),
                    SkewedFunctions.NAMES),
            Ordeal::counted),
        functions(
            "is killed every time",
            "GivenUpBatchesAlarm",
            Duration.ofSeconds(75),
            false,
            Fate.DIES,
            1,
            "FanOutFunction"));
  }

  private static Ordeal tables(
      String fault,
      String alarm,
      Duration least,
      boolean brief,
      double share,
      Set<String> of,
      TableFault... faults) {
    return new Ordeal(
        "DynamoDB",
        fault,
        alarm,
        least,
        brief,
        (trouble, _) -> trouble.tables(share, of, faults),
        Ordeal::counted);
  }

  private static Ordeal posts(
      String fault, String alarm, Duration least, boolean brief, Fault which) {
    return new Ordeal(
        "@connections",
        fault,
        alarm,
        least,
        brief,
        (trouble, _) -> trouble.posts(which, 0.5),
        trouble -> trouble.posts(which));
  }

  private static Ordeal functions(
      String fault, String alarm, boolean brief, Fate fate, int oneIn, String... names) {
    return functions(fault, alarm, AT_ONCE, brief, fate, oneIn, names);
  }

  private static Ordeal functions(
      String fault,
      String alarm,
      Duration least,
      boolean brief,
      Fate fate,
      int oneIn,
      String... names) {
    return new Ordeal(
        String.join(", ", names),
        fault,
        alarm,
        least,
        brief,
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
