package io.roomlog.bench.counts;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many messages of a room one push carries when messages come evenly: while one push runs the
 * next one gathers. What decides is the longer of the stream's poll and the push itself.
 *
 * @param connections of the room
 * @param messagesPerSecond into the room
 */
public record SelfClock(int connections, int messagesPerSecond) {

  /**
   * Lambda polls a shard of the stream four times a second
   * (docs.aws.amazon.com/lambda/latest/dg/with-ddb.html).
   */
  public static final double POLL_SECONDS = 0.25;

  /**
   * Calls a second that an account may make, callbacks included
   * (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
   */
  public static final double ACCOUNT_PER_SECOND = 10_000;

  /** How long a post takes on average: assumed, a median of 15 ms and a p99 of 60 ms. */
  static final double POST_SECONDS = 0.0179;

  /** Posts under way at once, as the stream's function has it by default. */
  public static final int CONCURRENCY = 256;

  /** What the crowd function takes of the account's rate. */
  static final double CROWD_SHARE = 0.97;

  /** Seconds that a post takes of a long push: what is under way at once, or the account. */
  public double secondsAPost() {
    double account =
        connections > RoomlogRun.BIG_ROOM_CONNECTIONS
            ? CROWD_SHARE * ACCOUNT_PER_SECOND
            : ACCOUNT_PER_SECOND;
    return 1 / Math.min(account, CONCURRENCY / POST_SECONDS);
  }

  /** Seconds from the beginning of one push to that of the next. */
  public double seconds() {
    return Math.max(POLL_SECONDS, connections * secondsAPost());
  }

  /** Messages that share a push, on average: k. */
  public double messagesPerPush() {
    return Math.max(1, messagesPerSecond * seconds());
  }

  /** How many messages each of so many pushes carries. */
  public List<Integer> pushes(int count) {
    double k = messagesPerPush();
    return IntStream.range(0, count)
        .mapToObj(i -> (int) (Math.floor((i + 1) * k + 1e-9) - Math.floor(i * k + 1e-9)))
        .toList();
  }
}
