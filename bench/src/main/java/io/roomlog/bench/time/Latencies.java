package io.roomlog.bench.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the platform takes for what. All of it is assumed: there is no published distribution of
 * posts to connections, nor of the way from a stream to a function. Calls to tables are as somebody
 * measured them from Lambda (github.com/alexdebrie/dynamodb-performance-testing: a put takes 7.6 ms
 * at the median and 16 ms at p99, here 5 and 16).
 *
 * @param post median of a post to a connection, in milliseconds; p99 is four times that
 * @param call median of a call to a table, in milliseconds; p99 is 3.2 times that
 * @param poll milliseconds between two polls of a shard of the stream
 * @param stream milliseconds from a poll to the invocation
 * @param invoke milliseconds from an invocation to the function's first line
 * @param queue milliseconds from a message on the queue to the invocation
 */
public record Latencies(
    double post, double call, double poll, double stream, double invoke, double queue) {

  /** What is assumed. */
  public static final Latencies ASSUMED = new Latencies(15, 5, 250, 15, 7.5, 20);

  /** p99 of the standard normal distribution. */
  private static final double P99 = 2.326;

  private static final double POST_SIGMA = StrictMath.log(4) / P99;
  private static final double CALL_SIGMA = StrictMath.log(3.2) / P99;

  /** What more a query takes for each megabyte of a page. */
  private static final double QUERY_MILLIS_A_MEGABYTE = 25;

  /** One of the assumptions. */
  public enum Assumption {
    /** Posts to connections. */
    POST,
    /** Calls to tables. */
    CALL,
    /** The stream: its polls and the way to the function. */
    STREAM,
    /** The start of an invocation. */
    INVOKE,
    /** The queue. */
    QUEUE
  }

  /** The same with one assumption larger or smaller by a factor. */
  public Latencies with(Assumption assumption, double factor) {
    return switch (assumption) {
      case POST -> new Latencies(post * factor, call, poll, stream, invoke, queue);
      case CALL -> new Latencies(post, call * factor, poll, stream, invoke, queue);
      case STREAM -> new Latencies(post, call, poll * factor, stream * factor, invoke, queue);
      case INVOKE -> new Latencies(post, call, poll, stream, invoke * factor, queue);
      case QUEUE -> new Latencies(post, call, poll, stream, invoke, queue * factor);
    };
  }

  Duration ofPost(RandomGenerator random) {
    return millis(post * StrictMath.exp(POST_SIGMA * random.nextGaussian()));
  }

  /** How long a call to a table takes. */
  public Duration ofCall(RandomGenerator random) {
    return millis(callMillis(random));
  }

  /** The slowest of some queries that are made at once, each of one page of so many bytes. */
  Duration ofQueries(int count, double bytes, RandomGenerator random) {
    double slowest = 0;
    for (int i = 0; i < count; i++) {
      slowest = Math.max(slowest, callMillis(random));
    }
    return millis(slowest + QUERY_MILLIS_A_MEGABYTE * bytes / 1_048_576);
  }

  private double callMillis(RandomGenerator random) {
    return call * StrictMath.exp(CALL_SIGMA * random.nextGaussian());
  }

  static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }
}
