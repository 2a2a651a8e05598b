package io.roomlog.bench.time;

import java.time.Duration;

/** What is run in virtual time. */
public final class Runs {

  /** The bucket is full and the stream's poll is anywhere by then. */
  private static final Duration FIRST = Duration.ofMillis(1_111);

  /** What may be under way when the last message is sent takes this many bounds, and 5 s. */
  private static final int GRACE_BOUNDS = 4;

  private static final String BIG = "b";
  private static final String SMALL = "s";

  private Runs() {}

  /** One message to a room that was silent. */
  public static Outcome broadcast(Assumptions assumptions, int connections) {
    return new World(assumptions)
        .room(BIG, connections)
        .message(BIG, FIRST)
        .run(FIRST.plus(grace(assumptions, connections)))
        .outcome(BIG, connections);
  }

  /** Messages to a room, for a while. */
  public static Outcome steady(
      Assumptions assumptions, int connections, double perSecond, Duration duration) {
    return new World(assumptions)
        .room(BIG, connections)
        .messages(BIG, perSecond, duration)
        .run(duration.plus(grace(assumptions, connections)))
        .outcome(BIG, connections);
  }

  private static Duration grace(Assumptions assumptions, int connections) {
    double bound = connections / assumptions.perSecond();
    return Duration.ofMillis(Math.round(GRACE_BOUNDS * bound * 1_000) + 5_000);
  }

  /**
   * Small rooms with a message a second each, on the same shard of the stream as a big one.
   *
   * @param rooms how many small ones
   * @param members of each
   * @param big connections of the big one; 0 if there is none
   * @param bigPerSecond messages into the big one
   * @return what happened in the small ones
   */
  public static Outcome beside(
      Assumptions assumptions,
      int rooms,
      int members,
      int big,
      double bigPerSecond,
      Duration duration) {
    World world = new World(assumptions);
    for (int i = 0; i < rooms; i++) {
      world.room(SMALL + i, members).messages(SMALL + i, 1, duration);
    }
    if (big > 0) {
      world.room(BIG, big).messages(BIG, bigPerSecond, duration);
    }
    return world.run(duration.plus(grace(assumptions, 0))).outcome(SMALL, members);
  }
}
