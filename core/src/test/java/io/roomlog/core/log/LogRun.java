package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.testing.SteppedLogStore;
import io.roomlog.core.testing.SteppedLogStore.Trouble;
import io.roomlog.core.testing.Turns;
import io.roomlog.core.testing.WriteOnceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of writers and readers at one room, in an order that a seed decides, and what must hold
 * in it. Processes live for 15 minutes at most, as functions do; clocks are minutes apart.
 */
final class LogRun {

  static final RoomName ROOM = new RoomName("lobby");

  private static final Duration PROCESS_LIFE_MAX = Duration.ofMinutes(15);
  private static final Duration SKEW_MAX = Duration.ofMinutes(2);
  private static final Retention DAY = Retention.ofDays(1);
  private static final int TROUBLE_ONE_IN = 12;
  private static final int APPENDS_MAX = 9;
  private static final int READS = 15;

  private final long seed;
  private final SplittableRandom random;
  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore memory;
  private final WriteOnceStore stored;
  private final Turns turns;
  private final Map<Long, String> acknowledged = new HashMap<>();
  private final Map<String, Long> positionsOfIds = new HashMap<>();
  private final Set<Instant> busySince = new HashSet<>();
  private final List<SteppedLogStore> steps = new ArrayList<>();
  private final PageChecks checks;
  private Retention configured = Retention.forever();
  private int texts;

  LogRun(long seed, MemoryLogStore memory, Function<LogStore, LogStore> bug) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.memory = memory;
    this.stored = new WriteOnceStore(bug.apply(memory));
    this.turns = new Turns(random.split());
    this.checks = new PageChecks(stored.written());
  }

  /** Hours at most, so that ids are remembered all the time. */
  void forEver() throws Exception {
    writersAndReaders(TROUBLE_ONE_IN, Duration.ZERO, true);
    play(() -> clock.pass(Duration.ofMillis(random.nextInt(20) == 0 ? 6_000 : random.nextInt(40))));
    RoomLog reader = reader(0);
    Contents contents = Contents.read(reader, clock, checks);
    assertThat(contents.first()).as("first, seed %d", seed).isEqualTo(1);
    acknowledged.forEach(
        (position, data) -> assertThat(contents.data(position)).as(in()).isEqualTo(data));
    contents.assertNoDataTwice();
    contents.assertIdsOnce(positionsOfIds);
  }

  /** Nobody waits and nothing fails: then nobody loses a position. */
  void withoutTrouble() throws Exception {
    writersAndReaders(0, Duration.ZERO, false);
    play(() -> clock.pass(Duration.ofMillis(random.nextInt(10))));
    assertThat(stored.written().values())
        .as(in())
        .noneMatch(entry -> entry instanceof Entry.Voided);
  }

  void withRetention() throws Exception {
    configured = DAY;
    checks.expectExpiry(DAY);
    writersAndReaders(TROUBLE_ONE_IN, SKEW_MAX, false);
    play(this::passWithDeletions);
    assertRecentIsThere();
  }

  void withChangingRetention() throws Exception {
    writersAndReaders(TROUBLE_ONE_IN, SKEW_MAX, false);
    play(
        () -> {
          if (random.nextInt(60) == 0) {
            configured = Retention.ofDays(random.nextInt(4));
          }
          passWithDeletions();
        });
    assertRecentIsThere();
  }

  Map<Trouble, Integer> struck() {
    Map<Trouble, Integer> struck = new HashMap<>();
    steps.forEach(step -> step.struck().forEach((key, n) -> struck.merge(key, n, Integer::sum)));
    return struck;
  }

  private void play(Runnable between) throws InterruptedException {
    try {
      turns.run(between);
    } catch (AssertionError e) {
      throw new AssertionError(in() + ": " + e.getMessage(), e);
    }
  }

  private String in() {
    return "seed " + seed;
  }

  private void writersAndReaders(int troubleOneIn, Duration skew, boolean ids) {
    for (int i = 3 + random.nextInt(4); i > 0; i--) {
      writer(troubleOneIn, skewed(skew), ids);
    }
    for (int i = 0; i < 3; i++) {
      RoomLog log = reader(troubleOneIn);
      SplittableRandom choices = random.split();
      turns.add(() -> read(log, choices));
    }
  }

  private InstantSource skewed(Duration most) {
    long range = most.toMillis();
    long millis = range == 0 ? 0 : random.nextLong(-range, range);
    return () -> clock.instant().plusMillis(millis);
  }

  private SteppedLogStore stepped(int oneIn) {
    SteppedLogStore step = new SteppedLogStore(stored, turns, random.split(), oneIn);
    steps.add(step);
    return step;
  }

  private RoomLog reader(int troubleOneIn) {
    return new RoomLog(stepped(troubleOneIn), clock, random.split(), clock::pass);
  }

  private void writer(int troubleOneIn, InstantSource now, boolean ids) {
    LogStore store = stepped(troubleOneIn);
    SplittableRandom choices = random.split();
    turns.add(
        () -> {
          for (int i = choices.nextInt(2, APPENDS_MAX); i > 0; i--) {
            RoomLog log = new RoomLog(store, configured, now, choices.split(), clock::pass);
            List<Draft> drafts = drafts(choices, ids);
            busy(() -> acknowledge(drafts, append(log, drafts)));
            turns.rest();
          }
        });
  }

  private List<Draft> drafts(RandomGenerator choices, boolean ids) {
    List<Draft> drafts = new ArrayList<>();
    int firstId = choices.nextInt(6);
    for (int i = choices.nextInt(1, 4); i > 0; i--) {
      String id = ids && choices.nextBoolean() ? "m" + (firstId + i) : null;
      drafts.add(new Draft(id, "\"" + texts++ + "\""));
    }
    return drafts;
  }

  private @Nullable List<Receipt> append(RoomLog log, List<Draft> drafts)
      throws InterruptedException {
    try {
      return log.append(ROOM, new Author("a", "ann", "Ann"), drafts);
    } catch (StorageUnavailable | AppendFailed notAcknowledged) {
      return null;
    }
  }

  private void acknowledge(List<Draft> drafts, @Nullable List<Receipt> receipts) {
    for (int i = 0; receipts != null && i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      long position = receipts.get(i).position();
      if (receipts.get(i) instanceof Receipt.Appended) {
        acknowledged.put(position, draft.data());
      }
      if (draft.id() != null) {
        assertThat(positionsOfIds.merge(draft.id(), position, (first, _) -> first))
            .as("position of %s", draft.id())
            .isEqualTo(position);
      }
    }
  }

  private void read(RoomLog log, RandomGenerator choices) throws Exception {
    for (int i = 0; i < READS; i++) {
      busy(
          () -> {
            try {
              checks.readOnce(log, choices, clock.instant());
            } catch (StorageUnavailable | AppendFailed later) {
              // A reader asks again.
            }
          });
      turns.rest();
    }
  }

  /** While a process is busy, no more than its life may pass. */
  private void busy(Turns.Body body) throws Exception {
    Instant since = clock.instant().plusNanos(busySince.size());
    busySince.add(since);
    try {
      body.run();
    } finally {
      busySince.remove(since);
    }
  }

  /** Short times at any moment, long ones only while no process is at work. */
  private void passWithDeletions() {
    if (random.nextInt(25) == 0) {
      Duration hours = Duration.ofMinutes(random.nextInt(60 * 20));
      turns.whenAllRest(() -> clock.pass(hours));
    }
    Duration passing =
        random.nextInt(20) == 0
            ? Duration.ofSeconds(random.nextInt(300))
            : Duration.ofMillis(random.nextInt(200));
    if (clock.instant().plus(passing).isBefore(busyUntil())) {
      clock.pass(passing);
    }
    if (random.nextInt(4) == 0) {
      Instant slowest = clock.instant().minus(SKEW_MAX);
      memory.deleteExpired(ROOM, slowest, _ -> random.nextInt(3) == 0);
    }
  }

  private Instant busyUntil() {
    return busySince.stream()
        .min(Instant::compareTo)
        .map(since -> since.plus(PROCESS_LIFE_MAX))
        .orElse(Instant.MAX);
  }

  /** What was acknowledged less than the shortest retention ago can be read. */
  private void assertRecentIsThere() throws InterruptedException {
    Contents contents = Contents.read(reader(0), clock, checks);
    Instant least = clock.instant().minus(Duration.ofDays(1)).plus(SKEW_MAX.multipliedBy(2));
    acknowledged.forEach(
        (position, data) -> {
          Entry entry = stored.written().get(position);
          if (entry != null && entry.at().isAfter(least)) {
            assertThat(contents.data(position)).as(in()).isEqualTo(data);
          }
        });
  }
}
