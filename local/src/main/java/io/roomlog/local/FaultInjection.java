package io.roomlog.local;

import io.roomlog.local.deployment.Table;
import io.roomlog.local.functions.FunctionFault;
import io.roomlog.local.functions.FunctionFaults;
import io.roomlog.local.functions.Role;
import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.Faults;
import io.roomlog.local.gateway.SeededFaults;
import io.roomlog.local.stream.FaultyStream;
import io.roomlog.local.stream.StreamFault;
import io.roomlog.local.stream.StreamSource;
import io.roomlog.local.tables.CallFaults;
import io.roomlog.local.tables.FaultyTables;
import io.roomlog.local.tables.Replica;
import io.roomlog.local.tables.StaleReads;
import io.roomlog.local.tables.TableFault;
import io.roomlog.local.tables.TableFaults;
import io.roomlog.local.tables.TablesServer;
import io.roomlog.local.tables.ThrottledCalls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/** Carries out a plan of faults: puts each where it strikes, and counts how often it did. */
final class FaultInjection {
  /** How long a stalled stream brings nothing. */
  static final Duration STALL = Duration.ofSeconds(1);

  private final FaultPlan plan;
  private final SeededFaults gateway;
  private final TableFaults tables;
  private final List<FaultyStream> streams = new CopyOnWriteArrayList<>();
  private final Random streamRandom;
  private final FunctionFaults functions;
  private volatile @Nullable StaleReads staleReads;
  private volatile @Nullable FaultyTables faultyTables;

  FaultInjection(FaultPlan plan) {
    this.plan = plan;
    // A stream of its own for each, so that the calls of one do not shift the faults of another.
    SplittableRandom seeds = new SplittableRandom(plan.seed());
    this.gateway = new SeededFaults(new Random(seeds.nextLong()));
    this.tables = new TableFaults(tableShares(plan), new Random(seeds.nextLong()));
    this.streamRandom = new Random(seeds.nextLong());
    this.functions = new FunctionFaults(functionShares(plan), new Random(seeds.nextLong()));
    for (Fault fault : Fault.values()) {
      gateway.strikeWith(fault, plan.share(fault.label()));
    }
  }

  private static Map<TableFault, Double> tableShares(FaultPlan plan) {
    Map<TableFault, Double> shares = new EnumMap<>(TableFault.class);
    for (TableFault fault : TableFault.values()) {
      shares.put(fault, plan.share(fault.label()));
    }
    return shares;
  }

  private static Map<FunctionFault, Double> functionShares(FaultPlan plan) {
    Map<FunctionFault, Double> shares = new EnumMap<>(FunctionFault.class);
    for (FunctionFault fault : FunctionFault.values()) {
      shares.put(fault, plan.share(fault.label()));
    }
    return shares;
  }

  /** What happens to functions in the middle of an invocation. */
  FunctionFaults ofFunctions() {
    return functions;
  }

  /** The gateway's faults: what is given, and the plan's where nothing of that strikes. */
  Faults beside(Faults given) {
    return new Faults() {
      @Override
      public Optional<Fault> onPost(String connectionId) {
        return given.onPost(connectionId).or(() -> gateway.onPost(connectionId));
      }

      @Override
      public boolean onDisconnect(String connectionId) {
        return given.onDisconnect(connectionId) || gateway.onDisconnect(connectionId);
      }
    };
  }

  /** The streams of a run, made worse. */
  StreamSource before(StreamSource source, InstantSource clock) {
    FaultyStream faulty = new FaultyStream(source, streamRandom, clock);
    faulty.faults(
        List.of(
            new StreamFault.Repeat(plan.share(FaultPlan.STREAM_REPEAT)),
            new StreamFault.Reorder(plan.share(FaultPlan.STREAM_REORDER)),
            new StreamFault.Stall(plan.share(FaultPlan.STREAM_STALL), STALL)));
    streams.add(faulty);
    return faulty;
  }

  /** The tables as functions see them: with what is given, and the plan's faults beside it. */
  Handler before(Handler tablesServer, List<Role> roles, CallFaults given) {
    Map<String, String> functions =
        roles.stream()
            .collect(
                Collectors.toMap(
                    role -> role.credentials().accessKeyId(), role -> role.function().logicalId()));
    CallFaults all = beside(given);
    Handler behind = tablesServer;
    if (strikesReads()) {
      StaleReads reads = new StaleReads(tablesServer, functions.keySet(), tables);
      staleReads = reads;
      behind = reads;
    }
    FaultyTables front = new FaultyTables(behind, functions, all);
    faultyTables = front;
    return front;
  }

  /** How many calls of a table were refused for their rate. */
  long throttled(ThrottledCalls.Kind kind) {
    FaultyTables front = faultyTables;
    return front == null ? 0 : front.throttled().of(kind);
  }

  private CallFaults beside(CallFaults given) {
    return new CallFaults() {
      @Override
      public Optional<TableFault> onCall(String function, String operation) {
        return given.onCall(function, operation).or(() -> tables.onCall(operation));
      }

      @Override
      public Duration atLeast(String function, String operation) {
        return given.atLeast(function, operation);
      }
    };
  }

  /** The earlier state that stale reads show, if any do; the caller closes it. */
  Optional<Replica> replica(TablesServer first, List<Table> all) {
    StaleReads reads = staleReads;
    if (reads == null) {
      return Optional.empty();
    }
    Replica replica = Replica.of(first, all, Replica.LAG);
    reads.readFrom(replica);
    return Optional.of(replica);
  }

  private boolean strikesReads() {
    return plan.share(TableFault.TABLE_STALE_READ.label()) > 0;
  }

  /** How often each fault of the plan has struck, by its name. */
  Map<String, Long> struck() {
    Map<String, Long> all = new LinkedHashMap<>();
    for (Fault fault : Fault.values()) {
      all.put(fault.label(), gateway.strikes(fault));
    }
    all.put(FaultPlan.STREAM_REPEAT, ofStreams(FaultyStream.Struck::repeats));
    all.put(FaultPlan.STREAM_REORDER, ofStreams(FaultyStream.Struck::reorders));
    all.put(FaultPlan.STREAM_STALL, ofStreams(FaultyStream.Struck::stalls));
    for (TableFault fault : TableFault.values()) {
      all.put(fault.label(), tables.strikes(fault));
    }
    for (FunctionFault fault : FunctionFault.values()) {
      all.put(fault.label(), functions.strikes(fault));
    }
    all.keySet().retainAll(plan.shares().keySet());
    return all;
  }

  private long ofStreams(ToLongFunction<FaultyStream.Struck> count) {
    return streams.stream().map(FaultyStream::struck).mapToLong(count).sum();
  }
}
