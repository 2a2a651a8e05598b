package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.functions.Functions.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stream whose shards split, read under faults by a mapping that is stopped and started again,
 * into a function that fails at random: no record is lost or skipped, and each item's records are
 * handled in order. The seed in the test's name repeats what was drawn.
 */
class StreamRandomTest extends MappingTest {
  private static final int RECORDS = 400;
  private static final int ITEMS = 25;

  private final Map<Long, String> appended = new ConcurrentHashMap<>();
  private final Ledger ledger = new Ledger();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 12);
  }

  /** What the function handled, with the order checked as it happens. */
  private static final class Ledger {
    private final TreeSet<Long> handled = new TreeSet<>();
    private final Map<String, TreeSet<Long>> byItem = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    synchronized void handled(ScriptedFunction.Item record) {
      var item = byItem.computeIfAbsent(record.item(), _ -> new TreeSet<>());
      if (handled.add(record.number())) {
        if (!item.isEmpty() && item.last() > record.number()) {
          violations.add(record + " was handled after " + item.last());
        }
        item.add(record.number());
      }
    }

    synchronized Set<Long> handled() {
      return new TreeSet<>(handled);
    }

    synchronized List<String> violations() {
      return List.copyOf(violations);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noRecordIsLostAndEachItemIsHandledInOrder(long seed) throws Exception {
    var random = new Random(seed);
    var faulty = new FaultyStream(stream, new Random(seed + 1), InstantSource.system());
    faulty.faults(
        List.of(
            new StreamFault.Repeat(0.5),
            new StreamFault.Reorder(0.5),
            new StreamFault.Stall(0.05, Duration.ofMillis(3))));
    var mapping =
        Deployments.mapping()
            .batchSize(1 + random.nextInt(20))
            .parallelizationFactor(1 + random.nextInt(4));
    if (random.nextBoolean()) {
      mapping.bisect();
    }
    function.behave(outcomes(new Random(seed + 2)));
    stream.shard("0", null);

    var abrupt = new Pace(FAST.poll(), FAST.discovery(), FAST.backoff(), Duration.ZERO);
    var pace = random.nextBoolean() ? FAST : abrupt;
    start(mapping.build(), faulty, pace);
    write(
        random,
        () -> {
          stop();
          start(mapping.build(), faulty, pace);
        });
    Eventually.await(
        "all records are handled", () -> ledger.handled().equals(new TreeSet<>(appended.keySet())));
    stop();

    assertThat(ledger.violations()).isEmpty();
    assertThat(ledger.handled()).hasSize(RECORDS);
    assertThat(faulty.struck().reorders()).as("reorders struck").isPositive();
    assertThat(faulty.struck().repeats()).as("repeats struck").isPositive();
    assertThat(stream.opened()).as("splits happened").contains("1", "2");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void eachRecordIsEitherHandledOrGivenUp(long seed) throws Exception {
    var random = new Random(seed);
    function.behave(outcomes(new Random(seed + 2)));
    stream.shard("0", null);
    var mapping =
        Deployments.mapping()
            .batchSize(1 + random.nextInt(20))
            .retries(random.nextInt(2))
            .onFailureQueue("GivenUp");
    if (random.nextBoolean()) {
      mapping.bisect();
    }
    start(mapping.build());
    write(random, () -> {});
    Eventually.await(
        "all records are handled or given up",
        () -> {
          var settled = ledger.handled();
          settled.addAll(givenUpNumbers());
          return settled.size() == RECORDS;
        });
    stop();
    assertThat(ledger.handled()).doesNotContainAnyElementsOf(givenUpNumbers());
    assertThat(givenUpNumbers()).as("some were given up").isNotEmpty();
    assertThat(ledger.violations()).isEmpty();
  }

  @FunctionalInterface
  private interface Restart {
    void now() throws InterruptedException;
  }

  /** Appends all records while the mapping runs, splitting shards and restarting on the way. */
  private void write(Random random, Restart restart) throws InterruptedException {
    var shardOf = new TreeMap<String, String>();
    for (int item = 0; item < ITEMS; item++) {
      shardOf.put("item-" + item, "0");
    }
    var shards = new AtomicInteger();
    for (int number = 1; number <= RECORDS; number++) {
      if (number == RECORDS / 4 || random.nextInt(150) == 0) {
        split(random, shardOf, shards);
      }
      if (random.nextInt(80) == 0) {
        restart.now();
      }
      if (random.nextInt(60) == 0) {
        stream.expireIterators();
      }
      var item = "item-" + random.nextInt(ITEMS);
      appended.put((long) number, item);
      stream.append(shardOf.getOrDefault(item, "0"), Records.record(number, item));
      if (random.nextInt(20) == 0) {
        int wanted = number / 3;
        Eventually.await("the mapping keeps up", () -> settled() >= wanted);
      }
    }
  }

  private int settled() {
    return ledger.handled().size() + givenUpNumbers().size();
  }

  /** Ends one shard; its items go on in two children. */
  private void split(Random random, Map<String, String> shardOf, AtomicInteger shards) {
    var open = new ArrayList<>(new TreeSet<>(shardOf.values()));
    var parent = open.get(random.nextInt(open.size()));
    var left = Integer.toString(shards.incrementAndGet());
    var right = Integer.toString(shards.incrementAndGet());
    stream.shard(left, parent).shard(right, parent).end(parent);
    shardOf.replaceAll(
        (_, shard) -> shard.equals(parent) ? (random.nextBoolean() ? left : right) : shard);
  }

  private ScriptedFunction.Behaviour outcomes(Random random) {
    return batch -> {
      synchronized (random) {
        int draw = random.nextInt(10);
        if (draw < 5) {
          batch.forEach(ledger::handled);
          return ScriptedFunction.failures();
        }
        if (draw < 8) {
          return partly(batch, random);
        }
        return draw == 8 ? ScriptedFunction.failed() : new Outcome.Returned("[1]");
      }
    };
  }

  private Outcome partly(List<ScriptedFunction.Item> batch, Random random) {
    var failed =
        LongStream.rangeClosed(0, random.nextInt(3))
            .map(_ -> batch.get(random.nextInt(batch.size())).number())
            .toArray();
    long lowest = LongStream.of(failed).min().orElseThrow();
    batch.stream().filter(record -> record.number() < lowest).forEach(ledger::handled);
    return ScriptedFunction.failures(failed);
  }

  private Set<Long> givenUpNumbers() {
    var numbers = new TreeSet<Long>();
    for (var message : givenUp) {
      var info = GivenUpMessages.batchInfo(message);
      long first = info.get("startSequenceNumber").asLong();
      long last = info.get("endSequenceNumber").asLong();
      // A shard's records are not consecutive: of those between, the ones of other shards are not
      // meant. With one lane a shard, a batch's range holds no other record of its shard.
      appended.keySet().stream()
          .filter(number -> number >= first && number <= last)
          .filter(number -> stream.isIn(info.get("shardId").asText(), Records.number(number)))
          .forEach(numbers::add);
    }
    return numbers;
  }
}
