package io.roomlog.fanout;

import io.roomlog.core.log.Entry;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;

/** What a push to a room is counted as. */
final class PushMetrics {

  /**
   * Older messages are pushed only because an operator wants it: the queue of big rooms keeps
   * nothing for longer. Their age says nothing about how quick pushes are.
   */
  static final Duration AGE_MAX = Duration.ofHours(1);

  private final Metrics metrics;
  private final Machine machine;

  PushMetrics(Machine machine) {
    this.metrics = machine.metrics();
    this.machine = machine;
  }

  /**
   * Adds one push.
   *
   * @param news what was pushed
   * @param sum how the room's connections fared
   * @param result whether it is done
   */
  void add(News news, Tally.Sum sum, RoomDelivery.Result result) {
    count(Metric.POSTS, sum.posts());
    count(Metric.POSTS_DELIVERED, sum.delivered());
    count(Metric.POSTS_GONE, sum.gone());
    count(Metric.POSTS_REFUSED_ACCOUNT, sum.tooFastAccount());
    count(Metric.POSTS_REFUSED_CLIENT, sum.tooFastClient());
    count(Metric.CONNECTIONS_GIVEN_UP, sum.gaveUp());
    // Where nobody was, nothing took any time; what has to come again is measured then.
    if (result instanceof RoomDelivery.Result.Pushed && sum.connections() > 0) {
      pushed(news);
    }
  }

  private void pushed(News news) {
    metrics.add(Metric.MESSAGES_PER_PUSH, news.entries().size());
    Instant now = machine.clock().instant();
    for (Entry entry : news.entries()) {
      Duration age = Duration.between(entry.at(), now);
      if (entry instanceof Entry.Message && age.compareTo(AGE_MAX) < 0) {
        metrics.time(Metric.APPEND_TO_PUSH, age.isNegative() ? Duration.ZERO : age);
      }
    }
  }

  private void count(Metric metric, long count) {
    if (count > 0) {
      metrics.add(metric, (double) count);
    }
  }
}
