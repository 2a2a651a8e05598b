package io.roomlog.bench.counts;

import io.roomlog.bench.Connections;
import io.roomlog.bench.StreamRecords;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.fanout.FanOut;
import io.roomlog.fanout.Machine;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * What connections cost that are gone without a {@code $disconnect}.
 *
 * @param way whose
 * @param dead of them, in a room of 100
 * @param messages that were pushed to it, one after the other
 * @param posts in vain
 * @param questions whether a connection is there
 * @param failedSends sends that were answered with an error for it
 */
public record DeadConnections(
    String way, int dead, int messages, long posts, long questions, long failedSends) {

  private static final int CONNECTIONS = 100;

  /** Posts in vain for each dead connection. */
  public double postsEach() {
    return (double) posts / dead;
  }

  /** Roomlog's, by running it. */
  public static DeadConnections roomlog(int dead, int messages) {
    RoomName name = new RoomName("room-one");
    ManualClock clock = new ManualClock();
    MemoryMembership membership = new MemoryMembership();
    Set<String> gone = new HashSet<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      var connection = Connections.of("c", i, Dialect.ROOMLOG, clock.instant());
      membership.join(name, connection);
      if (i < dead) {
        gone.add(connection.id());
      }
    }
    CountingPosts posts = new CountingPosts(gone);
    Machine machine =
        new Machine(clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor);
    FanOut fanOut =
        new FanOut(membership, new MemoryLogStore(), posts, SelfClock.CONCURRENCY, machine);
    for (int i = 1; i <= messages; i++) {
      var message =
          new Entry.Message(i, clock.instant(), "n" + i, null, "senders1", "Someones", "\"hello\"");
      fanOut.handleRequest(
          StreamRecords.event(List.of(StreamRecords.message(i, name, message))), null);
    }
    return new DeadConnections(
        "Roomlog", dead, messages, posts.postsToGone(), posts.questions(), 0);
  }

  /**
   * The sample's as it is: the condition on 410 asks for a field that the third version of the SDK
   * does not set, so the row stays and the send fails.
   */
  public static DeadConnections sample(int dead, int messages) {
    long posts = (long) dead * messages;
    return new DeadConnections(
        "AWS sample as it is", dead, messages, posts, 0, dead == 0 ? 0 : messages);
  }

  /** The sample's with that mended: the row goes with the first 410. */
  public static DeadConnections repairedSample(int dead, int messages) {
    return new DeadConnections("AWS sample, repaired", dead, messages, dead, 0, 0);
  }
}
