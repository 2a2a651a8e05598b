package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ForwardingLogStore;
import io.roomlog.core.testing.SteppedLogStore.Trouble;
import io.roomlog.core.testing.TestTables;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every interleaving of writers, readers, deletions and deaths. */
class RoomLogPropertiesTest {

  /** The name of a run carries its seed; to repeat one, give it here. */
  private static final long SEEDS = 100;

  /** The same runs on the real calls take a hundred times as long. */
  private static final long SEEDS_ON_DYNAMODB = 15;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aLogForEverKeepsItsPromises(long seed) throws Exception {
    new LogRun(seed, new MemoryLogStore(), store -> store).forEver();
  }

  static LongStream someSeeds() {
    return LongStream.range(0, SEEDS_ON_DYNAMODB);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("someSeeds")
  void soDoesALogOnDynamoDb(long seed) throws Exception {
    TestTables tables = TestTables.fresh();
    LogStore store =
        new DynamoLogStore(
            tables.dynamo(), tables.name("rooms"), tables.name("messages"), tables.name("sends"));
    new LogRun(seed, new MemoryLogStore(), _ -> store).forEver();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aLogWithARetentionKeepsItsPromises(long seed) throws Exception {
    new LogRun(seed, new MemoryLogStore(), store -> store).withRetention();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRetentionThatChangesBreaksNoPromise(long seed) throws Exception {
    new LogRun(seed, new MemoryLogStore(), store -> store).withChangingRetention();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void quickWritersLoseNoPosition(long seed) throws Exception {
    new LogRun(seed, new MemoryLogStore(), store -> store).withoutTrouble();
  }

  @Test
  void everyTroubleStruck() throws Exception {
    Map<Trouble, Integer> struck = new EnumMap<>(Trouble.class);
    for (long seed = 0; seed < 50; seed++) {
      LogRun run = new LogRun(seed, new MemoryLogStore(), store -> store);
      run.forEver();
      run.struck().forEach((trouble, times) -> struck.merge(trouble, times, Integer::sum));
    }
    System.out.println("struck: " + struck);
    assertThat(struck).containsOnlyKeys(Trouble.values());
  }

  @Test
  void aPutWithoutItsConditionIsCaught() {
    assertCaught(Broken::withoutCondition);
  }

  @Test
  void aNonceThatIsNotKeptIsCaught() {
    assertCaught(Broken::withoutNonce);
  }

  @Test
  void aMarkerOutsideTheTransactionIsCaught() {
    assertCaught(Broken::markerApart);
  }

  private static void assertCaught(Function<LogStore, LogStore> bug) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () -> {
              for (long seed = 0; seed < SEEDS; seed++) {
                new LogRun(seed, new MemoryLogStore(), bug).forEver();
              }
            });
  }

  /** Stores with a bug that the properties have to find. */
  private static final class Broken {

    private Broken() {}

    static LogStore withoutCondition(LogStore store) {
      Map<Long, Entry> overwritten = new HashMap<>();
      return new ForwardingLogStore(store) {
        @Override
        public Put put(RoomName room, Entry entry, Retention retention) {
          if (super.put(room, entry, retention) instanceof Put.Occupied) {
            overwritten.put(entry.position(), entry);
          }
          return new Put.Written();
        }

        @Override
        public Slice after(RoomName room, long after, int limit) {
          Slice slice = super.after(room, after, limit);
          return new Slice(
              slice.entries().stream()
                  .map(entry -> overwritten.getOrDefault(entry.position(), entry))
                  .toList(),
              slice.exhausted());
        }
      };
    }

    static LogStore withoutNonce(LogStore store) {
      return new ForwardingLogStore(store) {
        @Override
        public Put put(RoomName room, Entry entry, Retention retention) {
          Put put = super.put(room, entry, retention);
          return put instanceof Put.Occupied(Entry by)
              ? new Put.Occupied(new Entry.Voided(by.position(), by.at()))
              : put;
        }
      };
    }

    static LogStore markerApart(LogStore store) {
      return new ForwardingLogStore(store) {
        @Override
        public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
          return super.put(room, message, retention);
        }
      };
    }
  }
}
