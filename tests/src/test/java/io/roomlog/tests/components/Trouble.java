package io.roomlog.tests.components;

import io.roomlog.core.Pause;
import io.roomlog.local.RunOptions;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.SeededFaults;
import io.roomlog.local.stream.FaultyStream;
import io.roomlog.local.stream.StreamFault;
import io.roomlog.local.stream.StreamSource;
import io.roomlog.local.tables.CallFaults;
import io.roomlog.local.tables.TableFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The switches for everything that can be done to a run, and counts of what was done. */
final class Trouble {

  private static final Duration SLOW = Duration.ofSeconds(2);

  /** A stall lasts until it is ended. */
  private static final Duration UNTIL_ENDED = Duration.ofDays(1);

  private static final Functions.Outcome DIED =
      new Functions.Outcome.Failed("Runtime.ExitError", "killed by the test");

  private final Random random;
  private final Map<String, LongAdder> struck = new ConcurrentHashMap<>();
  private final SeededFaults gateway;
  private final FunctionTrouble functions = new FunctionTrouble();
  private final TableTrouble tables = new TableTrouble();
  private volatile @Nullable FaultyStream stream;

  Trouble(long seed) {
    this.random = new Random(seed);
    this.gateway = new SeededFaults(new Random(seed + 1));
  }

  /** The options of a run that it can get at. */
  RunOptions within(RunOptions options) {
    return options
        .faults(gateway)
        .tableFaults(tables)
        .around(functions::around)
        .streams(this::before);
  }

  private StreamSource before(StreamSource source) {
    FaultyStream faulty = new FaultyStream(source, random, InstantSource.system());
    stream = faulty;
    return faulty;
  }

  /** How often each thing was struck since the last {@link #calm}. */
  Map<String, Long> struck() {
    Map<String, Long> counts = new TreeMap<>();
    struck.forEach((what, count) -> counts.put(what, count.sum()));
    return counts;
  }

  private void count(String what) {
    struck.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }

  /** Ends everything. */
  void calm() {
    for (Fault fault : Fault.values()) {
      gateway.strikeWith(fault, 0);
    }
    tables.plan = new TablePlan(Set.of(), List.of(), 0);
    functions.end();
    stall(false);
  }

  /** Forgets the counts. */
  void forget() {
    struck.clear();
  }

  // ------------------------------------------------------------------ tables

  private record TablePlan(Set<String> functions, List<TableFault> faults, double share) {}

  /** These faults strike a share of the calls that they can strike; no functions means all. */
  void tables(double share, Set<String> of, TableFault... faults) {
    tables.plan = new TablePlan(of, List.of(faults), share);
  }

  /** Calls of tables by function and operation. */
  private final class TableTrouble implements CallFaults {
    private volatile TablePlan plan = new TablePlan(Set.of(), List.of(), 0);

    @Override
    public Optional<TableFault> onCall(String function, String operation) {
      TablePlan now = plan;
      boolean meant = now.functions().isEmpty() || now.functions().contains(function);
      if (!meant || now.faults().isEmpty() || !strikes(now.share())) {
        return Optional.empty();
      }
      TableFault fault = now.faults().get(chosen(now.faults().size()));
      if (!canStrike(fault, operation)) {
        return Optional.empty();
      }
      count(function + " " + operation);
      return Optional.of(fault);
    }

    private static boolean canStrike(TableFault fault, String operation) {
      boolean reads = operation.equals("Query") || operation.contains("Get");
      return !reads || !fault.label().contains("written");
    }
  }

  private boolean strikes(double share) {
    synchronized (random) {
      return random.nextDouble() < share;
    }
  }

  private int chosen(int of) {
    synchronized (random) {
      return random.nextInt(of);
    }
  }

  // ----------------------------------------------------------------- gateway

  /** A fault strikes a share of the posts. */
  void posts(Fault fault, double share) {
    gateway.strikeWith(fault, share);
  }

  /** How often a fault of posts has struck since the start. */
  long posts(Fault fault) {
    return gateway.strikes(fault);
  }

  // ------------------------------------------------------------------ stream

  /** Whether reads of the stream bring nothing. */
  void stall(boolean stalls) {
    FaultyStream faulty = stream;
    if (faulty != null) {
      faulty.faults(stalls ? List.of(new StreamFault.Stall(1, UNTIL_ENDED)) : List.of());
    }
  }

  /** How many reads of the stream were struck since the start. */
  long stalledReads() {
    FaultyStream faulty = stream;
    return faulty == null ? 0 : faulty.struck().stalls();
  }

  // --------------------------------------------------------------- functions

  /** What happens to the invocations of a function. */
  enum Fate {
    /** Killed, before the first call and after the last in turns: no answer comes. */
    DIES,
    /** Ran into its timeout after everything was done. */
    TIMES_OUT,
    /** Stands still for two seconds. */
    FREEZES,
    /** Is not invoked until this ends. */
    WAITS,
    /** Another stands in for it. */
    REPLACED
  }

  /** Lets one of some functions' invocations in so many meet a fate. */
  void functions(Fate fate, int oneIn, String... names) {
    functions.begin(fate, oneIn, Set.of(names), functions.stand);
  }

  /** Lets another stand in for some functions. */
  void replaced(Functions by, String... names) {
    functions.begin(Fate.REPLACED, 1, Set.of(names), by);
  }

  private final class FunctionTrouble {
    private final AtomicInteger invocations = new AtomicInteger();
    private volatile Fate fate = Fate.DIES;
    private volatile int oneIn = 1;
    private volatile Set<String> names = Set.of();
    private volatile CountDownLatch ended = new CountDownLatch(0);
    private volatile Functions stand = (_, _) -> DIED;

    private void begin(Fate newFate, int newOneIn, Set<String> newNames, Functions newStand) {
      ended = new CountDownLatch(1);
      stand = newStand;
      fate = newFate;
      oneIn = newOneIn;
      names = newNames;
    }

    private void end() {
      names = Set.of();
      ended.countDown();
    }

    private Functions around(Functions real) {
      return (name, event) -> {
        int number = invocations.getAndIncrement();
        return names.contains(name) && number % oneIn == 0
            ? struck(real, name, event, number / oneIn)
            : real.invoke(name, event);
      };
    }

    private Functions.Outcome struck(Functions real, String name, String event, int number)
        throws InterruptedException {
      CountDownLatch end = ended;
      count(name);
      return switch (fate) {
        case DIES -> {
          if (number % 2 == 0) {
            real.invoke(name, event);
          }
          yield DIED;
        }
        case TIMES_OUT -> {
          real.invoke(name, event);
          yield new Functions.Outcome.TimedOut();
        }
        case FREEZES -> {
          Functions.Outcome outcome = real.invoke(name, event);
          Pause.real().of(SLOW);
          yield outcome;
        }
        case WAITS -> {
          end.await();
          yield real.invoke(name, event);
        }
        case REPLACED -> stand.invoke(name, event);
      };
    }
  }
}
