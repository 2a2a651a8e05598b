package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ForwardingLogStore;
import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However slow the storage is, an append is decided before the gateway gives up on it. */
class AppendTimeTest {

  private static final long SEEDS = 500;
  private static final Duration ROUTE_MAX = Duration.ofSeconds(29);
  private static final int CALL_MILLIS_MAX = 5_000;

  private final ManualClock clock = new ManualClock();

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** Every call takes long, and some fail then. */
  private final class Slow extends ForwardingLogStore {
    private final Random random;
    private final int millis;
    private final int failing;

    Slow(Random random) {
      super(new MemoryLogStore());
      this.random = random;
      this.millis = random.nextInt(CALL_MILLIS_MAX);
      this.failing = random.nextInt(30);
    }

    private void call(int calls) {
      clock.pass(Duration.ofMillis(calls * (long) random.nextInt(millis, CALL_MILLIS_MAX + 1)));
      if (random.nextInt(100) < failing) {
        throw new StorageUnavailable("call", "injected", new RuntimeException());
      }
    }

    @Override
    public Claim claim(
        RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
      call(random.nextInt(4) == 0 ? 3 : 1);
      return super.claim(room, count, at, retention, sender);
    }

    @Override
    public void raise(RoomName room, long head, Instant at) {
      call(1);
      super.raise(room, head, at);
    }

    @Override
    public Put put(RoomName room, Entry entry, Retention retention) {
      call(1);
      return super.put(room, entry, retention);
    }

    @Override
    public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
      if (random.nextInt(4) == 0) {
        super.put(room, new Entry.Voided(message.position(), message.at()), retention);
      }
      call(1);
      return super.put(room, message, retention, marker);
    }

    @Override
    public Optional<Marker> marker(Marker.Key key, Instant now) {
      call(1);
      return super.marker(key, now);
    }

    @Override
    public Slice before(RoomName room, long before, int limit) {
      call(1);
      return super.before(room, before, limit);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anAppendIsDecidedWithinItsRoutesTime(long seed) throws Exception {
    Random random = new Random(seed);
    RoomLog log = new RoomLog(new Slow(random), clock, random, clock::pass);
    boolean ids = random.nextBoolean();
    List<Draft> drafts =
        IntStream.range(0, 1 + random.nextInt(RoomLog.DRAFTS_MAX))
            .mapToObj(i -> new Draft(ids ? "m" + i : null, "1"))
            .toList();
    Instant start = clock.instant();
    try {
      assertThat(log.append(new RoomName("lobby"), new Author("s", "a", "A"), drafts))
          .hasSameSizeAs(drafts);
    } catch (StorageUnavailable | AppendFailed unavailable) {
      assertThat(unavailable).hasMessageNotContaining("null");
    }
    assertThat(Duration.between(start, clock.instant())).isLessThan(ROUTE_MAX);
  }
}
