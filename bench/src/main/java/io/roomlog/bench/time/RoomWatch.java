package io.roomlog.bench.time;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** What happens in one room, in virtual nanoseconds. For one thread at a time. */
final class RoomWatch {

  private static final long HIGHEST_MICROS = 3_600_000_000L;
  private static final int DIGITS = 3;
  private static final int NANOS_A_MICRO = 1_000;

  private long[] intended = new long[64];
  private long sent;
  private long firstPost = -1;
  private long lastDelivery;
  private long posts;
  private final Histogram delivery = new Histogram(HIGHEST_MICROS, DIGITS);
  private final Histogram ack = new Histogram(HIGHEST_MICROS, DIGITS);

  /** A message was stored whose sending was meant to begin at a time. */
  void sent(long position, long intendedAt, long now) {
    int index = Math.toIntExact(position);
    if (index >= intended.length) {
      intended = Arrays.copyOf(intended, index * 2);
    }
    intended[index] = intendedAt;
    sent++;
    ack.recordValue((now - intendedAt) / NANOS_A_MICRO);
  }

  /** A post to a connection of the room began. */
  void post(long now) {
    posts++;
    if (firstPost < 0) {
      firstPost = now;
    }
  }

  /** A connection got these positions. */
  void delivered(long from, long to, long now) {
    for (long position = from; position <= to; position++) {
      delivery.recordValue((now - intended[Math.toIntExact(position)]) / NANOS_A_MICRO);
    }
    lastDelivery = now;
  }

  long sent() {
    return sent;
  }

  long posts() {
    return posts;
  }

  /** From the first post to the last delivery. */
  long posting() {
    return lastDelivery - firstPost;
  }

  /** From intended sending to delivery, in microseconds. */
  Histogram delivery() {
    return delivery;
  }

  /** From intended sending to the sender's answer, in microseconds. */
  Histogram ack() {
    return ack;
  }
}
