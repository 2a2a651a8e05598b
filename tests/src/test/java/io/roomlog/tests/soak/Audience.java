package io.roomlog.tests.soak;

import io.roomlog.tests.client.Output;
import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;

/** Reference clients in one room, who note what they hear in little memory. */
final class Audience implements AutoCloseable {

  private static final String ROOM = "soak";
  private static final int DELAY_MILLIS_MAX = 120_000;
  private static final int WRONG_MAX = 20;

  private final List<SocketClient> clients = new ArrayList<>();
  private final List<Ear> ears = new ArrayList<>();
  private final AtomicLong deliveries = new AtomicLong();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicLongArray delays = new AtomicLongArray(DELAY_MILLIS_MAX + 1);
  private final List<String> wrong = new ArrayList<>();
  private volatile long begin;
  private volatile long interval;

  /** What one of them has heard. */
  private final class Ear {
    private final String name;
    private final BitSet heard = new BitSet();
    private long position;

    private Ear(String name) {
      this.name = name;
    }

    private void told(Output output) {
      switch (output) {
        case Output.Received(_, long at, var entry) -> {
          if (at != position + 1) {
            wrong("%s got position %d after %d".formatted(name, at, position));
          }
          position = at;
          if (entry.has("id")) {
            heard(Integer.parseInt(entry.path("id").textValue().substring(1)));
          }
        }
        case Output.Stored _ -> {
          acknowledged.incrementAndGet();
        }
        case Output.Skipped _, Output.Refused _ -> wrong(name + ": " + output);
        case Output.Connect(), Output.Disconnect(), Output.Send(_) -> {}
      }
    }

    private synchronized void heard(int number) {
      if (heard.get(number)) {
        wrong("%s got m%d twice".formatted(name, number));
      }
      heard.set(number);
      deliveries.incrementAndGet();
      long delay = (System.nanoTime() - begin - number * interval) / 1_000_000;
      delays.incrementAndGet(Math.clamp(delay, 0, DELAY_MILLIS_MAX));
    }

    private synchronized int lacks(int of) {
      return of - heard.get(0, of).cardinality();
    }
  }

  Audience(Function<String, URI> address, int size) {
    for (int i = 0; i < size; i++) {
      String name = "c" + i;
      Ear ear = new Ear(name);
      RoomlogClient client = new RoomlogClient(new Random(i));
      client.follow(ROOM, 0);
      ears.add(ear);
      clients.add(
          SocketClient.start(
              address.apply("room=%s&name=%s&client=%s".formatted(ROOM, name, name)),
              client,
              InstantSource.system(),
              ear::told));
    }
  }

  private void wrong(String what) {
    synchronized (wrong) {
      if (wrong.size() < WRONG_MAX) {
        wrong.add(what);
      }
    }
  }

  /** From when on, and how often, messages are due. */
  void schedule(long newBegin, long newInterval) {
    begin = newBegin;
    interval = newInterval;
  }

  /** The next of them says a message. */
  void say(int number) {
    clients.get(number % clients.size()).send(ROOM, "m" + number, "message " + number);
  }

  /** How many of so many messages are lacking, over all of them. */
  long lacking(int of) {
    return ears.stream().mapToLong(ear -> ear.lacks(of)).sum();
  }

  int acknowledged() {
    return acknowledged.get();
  }

  long deliveries() {
    return deliveries.get();
  }

  /** What went wrong, the first of it. */
  List<String> wrong() {
    synchronized (wrong) {
      return List.copyOf(wrong);
    }
  }

  /** The delay that a share of the deliveries did not exceed, from when the message was due. */
  Duration delay(double share) {
    long due = (long) Math.ceil(deliveries.get() * share);
    long counted = 0;
    for (int millis = 0; millis <= DELAY_MILLIS_MAX; millis++) {
      counted += delays.get(millis);
      if (counted >= due) {
        return Duration.ofMillis(millis);
      }
    }
    return Duration.ofMillis(DELAY_MILLIS_MAX);
  }

  @Override
  public void close() {
    clients.forEach(SocketClient::close);
  }
}
