package io.roomlog.bench.rooms;

import io.roomlog.bench.machine.Latencies;
import io.roomlog.bench.machine.Schedule;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbered messages of an open loop, and what became of them at all connections together. Before
 * the first load comes a message that is not counted, the probe: who has it is in the room.
 */
final class Load {

  /** The text of the message before the first. */
  static final String PROBE = "probe";

  private static final String PREFIX = "load ";

  private final int first;
  private final double rate;
  private final int count;
  private final int connections;
  private final int warmUp;
  private final Latencies deliveries = new Latencies();
  private final Latencies lastRecipients = new Latencies();
  private final AtomicIntegerArray arrivals;
  private final AtomicLongArray complete;
  private final AtomicInteger stored = new AtomicInteger();
  private volatile Schedule schedule;

  /**
   * A load.
   *
   * @param first the number of its first message, where loads follow one another
   * @param rate messages a second
   * @param warmUp messages at its beginning that are sent and must arrive, and are not timed
   * @param timed messages after them
   */
  Load(int first, double rate, int warmUp, int timed, int connections) {
    this.first = first;
    this.rate = rate;
    this.warmUp = warmUp;
    this.count = warmUp + timed;
    this.connections = connections;
    this.arrivals = new AtomicIntegerArray(count);
    this.complete = new AtomicLongArray(count);
    this.schedule = Schedule.soon(rate, count);
  }

  /** Fixes the times of all messages, from now on. To be called once, before any is sent. */
  Schedule begin() {
    Schedule begun = Schedule.soon(rate, count);
    schedule = begun;
    return begun;
  }

  /** The text of one of its messages, the first being 0. */
  String text(int index) {
    return PREFIX + (first + index);
  }

  /** Whether a message is one of it. */
  boolean has(int number) {
    return number >= first && number < first + count;
  }

  /** The number in a text, or -1 if it is none of a load. */
  static int number(String text) {
    return text.startsWith(PREFIX) ? Integer.parseInt(text.substring(PREFIX.length())) : -1;
  }

  void stored() {
    stored.incrementAndGet();
  }

  void arrived(int number, long now) {
    arrivedAt(number - first, now);
  }

  private void arrivedAt(int number, long now) {
    long took = now - schedule.at(number);
    boolean timed = number >= warmUp;
    if (timed) {
      deliveries.record(took);
    }
    if (arrivals.incrementAndGet(number) == connections) {
      complete.set(number, now);
      if (timed) {
        lastRecipients.record(took);
      }
    }
  }

  /** All messages, the probe left out. */
  int count() {
    return count;
  }

  /** Messages that their senders know to be stored. */
  int acknowledged() {
    return stored.get();
  }

  /** To every connection, warm-up left out. */
  Latencies deliveries() {
    return deliveries;
  }

  /** To the last connection that got the message, warm-up left out. */
  Latencies lastRecipients() {
    return lastRecipients;
  }

  /** Messages a second, as they were to be sent. */
  double offered() {
    return rate;
  }

  /**
   * Messages a second that everybody had, from the first timed one to the last; 0 if one is
   * missing. Less than offered means that they arrived later and later.
   */
  double achieved() {
    int last = count - 1;
    if (complete.get(warmUp) == 0 || complete.get(last) == 0) {
      return 0;
    }
    double seconds = (complete.get(last) - complete.get(warmUp)) / 1e9;
    return (last - warmUp) / seconds;
  }
}
