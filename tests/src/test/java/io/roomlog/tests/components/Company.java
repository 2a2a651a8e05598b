package io.roomlog.tests.components;

import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reference clients who talk in turns at a steady pace, whatever becomes of what they said, in a
 * small room and in a big one.
 */
final class Company implements AutoCloseable {

  /** Above so many connections a room is a big one. */
  static final int BIG = 3;

  private static final String NOOK = "nook";
  private static final String HALL = "hall";
  private static final int IN_THE_NOOK = 2;
  private static final int IN_THE_HALL = 4;

  private final List<Guest> guests = new ArrayList<>();
  private final List<Long> saidAt = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

  Company(World world, long seed) {
    for (int i = 0; i < IN_THE_NOOK + IN_THE_HALL; i++) {
      guests.add(new Guest(world, i < IN_THE_NOOK ? NOOK : HALL, "guest" + i, seed + i));
    }
  }

  /** Everybody begins to talk. */
  void talk(int messagesASecond) {
    var _ =
        pace.scheduleAtFixedRate(
            this::sayNext, 0, 1_000_000L / messagesASecond, TimeUnit.MICROSECONDS);
  }

  private void sayNext() {
    int number = saidAt.size();
    saidAt.add(System.nanoTime());
    speaker(number).say(number);
  }

  private Guest speaker(int number) {
    return guests.get(number % guests.size());
  }

  /** Cuts everybody off. */
  void cut() {
    guests.forEach(Guest::cut);
  }

  /** How many messages were said so far. */
  int said() {
    return saidAt.size();
  }

  private BitSet acknowledged() {
    BitSet all = new BitSet();
    guests.forEach(guest -> all.or(guest.acknowledged()));
    return all;
  }

  /** How many of some messages are acknowledged now. */
  int acknowledged(int from, int to) {
    return acknowledged().get(from, to).cardinality();
  }

  /** Waits until everything before a message is acknowledged and has come to everybody. */
  void awaitHeard(int to, Duration limit) {
    Await.until(
        "everybody has heard everything", limit, () -> missing(to), () -> missing(to).isEmpty());
  }

  private String missing(int to) {
    int acknowledged = acknowledged(0, to);
    if (acknowledged < to) {
      return "%d of %d are acknowledged".formatted(acknowledged, to);
    }
    int lacking = lost(0, to);
    return lacking == 0 ? "" : "%d have not come to everybody".formatted(lacking);
  }

  /** How many of some messages are acknowledged and have not come to everybody in their room. */
  int lost(int from, int to) {
    BitSet lost = new BitSet();
    BitSet acknowledged = acknowledged();
    for (Guest guest : guests) {
      BitSet lacking = (BitSet) acknowledged.clone();
      lacking.andNot(guest.heard());
      lacking.stream()
          .filter(number -> number >= from && number < to)
          .filter(number -> speaker(number).room().equals(guest.room()))
          .forEach(lost::set);
    }
    return lost.cardinality();
  }

  /**
   * The longest time from saying one of some messages to when the last in the room has heard it.
   */
  Duration longestDelay(int from, int to) {
    long longest = 0;
    for (Guest guest : guests) {
      List<Integer> order = guest.order();
      List<Long> times = guest.heardAt();
      for (int i = 0; i < order.size(); i++) {
        int number = order.get(i);
        if (number >= from && number < to) {
          longest = Math.max(longest, times.get(i) - saidAt.get(number));
        }
      }
    }
    return Duration.ofNanos(longest);
  }

  /** What is wrong with what anybody was told; nothing if nothing is. */
  List<String> complaints() {
    return Stream.concat(
            guests.stream().flatMap(guest -> guest.complaints().stream()),
            Stream.of(NOOK, HALL)
                .filter(room -> !agree(room))
                .map(room -> "no one order in the " + room))
        .toList();
  }

  /** Everybody has heard the same, as far as each has come. */
  private boolean agree(String room) {
    List<List<Integer>> orders =
        guests.stream().filter(guest -> guest.room().equals(room)).map(Guest::order).toList();
    List<Integer> longest =
        orders.stream().max((one, other) -> one.size() - other.size()).orElseThrow();
    return orders.stream().allMatch(order -> longest.subList(0, order.size()).equals(order));
  }

  /** Everybody falls silent. */
  void hush() throws InterruptedException {
    pace.shutdown();
    if (!pace.awaitTermination(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("somebody goes on talking");
    }
  }

  @Override
  public void close() {
    pace.shutdownNow();
    guests.forEach(Guest::close);
  }
}
