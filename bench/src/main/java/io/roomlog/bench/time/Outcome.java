package io.roomlog.bench.time;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What happened in some rooms.
 *
 * @param messages sent
 * @param expected deliveries, were every message to reach every sound connection
 * @param delivered deliveries
 * @param posts made, repetitions included
 * @param refused posts of the whole account that it refused
 * @param admitted posts of the whole account that it let through
 * @param postingMillis from the first post to the last delivery
 * @param ackP50 sender's time, median, in milliseconds
 * @param ackP99 of the sender's time
 * @param p50 from the intended sending to a delivery, median, in milliseconds
 * @param p99 of these
 * @param max of these
 * @param mostWaiting ranges of one room on the queue at once
 */
public record Outcome(
    long messages,
    long expected,
    long delivered,
    long posts,
    long refused,
    long admitted,
    double postingMillis,
    double ackP50,
    double ackP99,
    double p50,
    double p99,
    double max,
    int mostWaiting) {

  private static final double KEEPING_UP = 0.999;

  static Outcome of(List<RoomWatch> rooms, int sound, SimulatedGateway gateway, int mostWaiting) {
    Histogram delivery = new Histogram(rooms.getFirst().delivery());
    delivery.reset();
    Histogram ack = new Histogram(delivery);
    for (RoomWatch room : rooms) {
      delivery.add(room.delivery());
      ack.add(room.ack());
    }
    long messages = rooms.stream().mapToLong(RoomWatch::sent).sum();
    return new Outcome(
        messages,
        messages * sound,
        delivery.getTotalCount(),
        rooms.stream().mapToLong(RoomWatch::posts).sum(),
        gateway.refused(),
        gateway.admitted(),
        rooms.stream().mapToLong(RoomWatch::posting).max().orElse(0) / 1e6,
        millis(ack, 50),
        millis(ack, 99),
        millis(delivery, 50),
        millis(delivery, 99),
        delivery.getMaxValue() / 1e3,
        mostWaiting);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }

  /** Posts for each delivered message. */
  public double postsPerDelivered() {
    return (double) posts / delivered;
  }

  /**
   * Whether the room is faster than its pushes: then more was under way at the end than the few
   * connections whose refusals were taken for a full buffer.
   */
  public boolean saturated() {
    return delivered < KEEPING_UP * expected;
  }
}
