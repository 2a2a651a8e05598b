package io.roomlog.bench.rooms;

import io.roomlog.bench.time.Latencies;
import io.roomlog.local.RunOptions;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.tables.CallFaults;
import io.roomlog.local.tables.TableFault;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Makes a run as slow as the model of the platform: calls of functions to tables are answered no
 * sooner than it says, and the sender's function begins no sooner.
 */
final class ModelledTimes {

  static final long SEED = 1;
  private static final String SENDER = "SendFunction";

  private final RandomGenerator random = new Random(SEED);

  RunOptions of(RunOptions options) {
    return options.around(ModelledTimes::around).tableFaults(new SlowTables());
  }

  private static Functions around(Functions functions) {
    return (function, event) -> {
      if (function.equals(SENDER)) {
        LockSupport.parkNanos((long) (Latencies.ASSUMED.invoke() * 1e6));
      }
      return functions.invoke(function, event);
    };
  }

  private final class SlowTables implements CallFaults {

    @Override
    public Optional<TableFault> onCall(String function, String operation) {
      return Optional.empty();
    }

    @Override
    public Duration atLeast(String function, String operation) {
      synchronized (random) {
        return Latencies.ASSUMED.ofCall(random);
      }
    }
  }
}
