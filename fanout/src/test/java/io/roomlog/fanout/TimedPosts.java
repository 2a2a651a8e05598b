package io.roomlog.fanout;

import io.roomlog.core.testing.AccountBucket;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A gateway in virtual time, with an account's bucket and clients of several kinds. */
final class TimedPosts implements Posts {

  /** Half of all posts take less than this, one in a hundred more than four times as long. */
  static final Duration MEDIAN = Duration.ofMillis(15);

  private static final double SIGMA = Math.log(4) / 2.326;

  private final VirtualTime time;
  private final AccountBucket bucket;
  private final Random random;
  private final Map<String, Posted> always = new HashMap<>();
  private final Map<String, Duration> hanging = new HashMap<>();
  final Map<String, Instant> delivered = new HashMap<>();
  final Map<String, Integer> deliveries = new HashMap<>();
  final List<Instant> admitted = new ArrayList<>();
  final List<Instant> refused = new ArrayList<>();
  final Map<String, Integer> tries = new HashMap<>();
  final Map<String, Integer> finds = new HashMap<>();
  private BiPredicate<String, Instant> full = (_, _) -> false;
  private Instant lastCall = VirtualTime.START;
  private int underWay;
  private int most;

  TimedPosts(VirtualTime time, AccountBucket bucket, long seed) {
    this.time = time;
    this.bucket = bucket;
    this.random = new Random(seed);
  }

  /** A client is always answered so. */
  void always(String connectionId, Posted answer) {
    always.put(connectionId, answer);
  }

  /** A client's posts take that long and get no answer. */
  void hang(String connectionId, Duration timeout) {
    hanging.put(connectionId, timeout);
  }

  /** Whose buffer is full, and when. */
  void full(BiPredicate<String, Instant> full) {
    this.full = full;
  }

  /** The most posts under way at once. */
  int mostAtOnce() {
    return most;
  }

  /** When a connection got its last frame; it is an error if it got none. */
  Instant deliveredAt(String connectionId) {
    return Objects.requireNonNull(delivered.get(connectionId), connectionId);
  }

  /** When the last call began. */
  Instant lastCall() {
    return lastCall;
  }

  @Override
  public Posted post(String connectionId, Frame frame) {
    most = Math.max(most, ++underWay);
    try {
      return answer(connectionId);
    } finally {
      underWay--;
    }
  }

  private Posted answer(String connectionId) {
    tries.merge(connectionId, 1, Integer::sum);
    lastCall = time.instant();
    boolean admits = bucket.admits(time.instant());
    (admits ? admitted : refused).add(time.instant());
    @Nullable Duration timeout = hanging.get(connectionId);
    time.of(timeout == null ? latency() : timeout);
    if (timeout != null) {
      return new Posted.NoAnswer("timeout");
    }
    if (!admits || full.test(connectionId, time.instant())) {
      return new Posted.TooFast();
    }
    Posted answer = always.getOrDefault(connectionId, new Posted.Delivered());
    if (answer instanceof Posted.Delivered) {
      delivered.put(connectionId, time.instant());
      deliveries.merge(connectionId, 1, Integer::sum);
    }
    return answer;
  }

  private Duration latency() {
    double millis = MEDIAN.toMillis() * Math.exp(SIGMA * random.nextGaussian());
    return Duration.ofNanos(Math.round(millis * 1e6));
  }

  @Override
  public Existence find(String connectionId) {
    finds.merge(connectionId, 1, Integer::sum);
    lastCall = time.instant();
    time.of(hanging.getOrDefault(connectionId, MEDIAN));
    return always.get(connectionId) instanceof Posted.Gone ? Existence.ABSENT : Existence.PRESENT;
  }
}
