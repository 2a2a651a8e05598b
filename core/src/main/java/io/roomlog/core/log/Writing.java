package io.roomlog.core.log;

import io.roomlog.core.Backoff;
import io.roomlog.core.Pause;
import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes one entry at one position, and says whose it is now. */
final class Writing {

  /** Tries of one transaction at most while others are at its items. */
  static final int CONFLICTS_MAX = 10;

  private static final Backoff CONFLICT_BACKOFF =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(400));

  private final LogStore store;
  private final RandomGenerator random;
  private final Pause pause;
  private final Metrics metrics;

  Writing(LogStore store, RandomGenerator random, Pause pause, Metrics metrics) {
    this.store = store;
    this.random = random;
    this.pause = pause;
    this.metrics = metrics;
  }

  /** What an attempt at a position came to. */
  sealed interface Result {
    /** Our entry stands there. */
    record Ours() implements Result {}

    /** Somebody else's entry stands there. */
    record Lost() implements Result {}

    /** The draft's id is known; our position is still empty. */
    record Repeat(Marker marker) implements Result {}
  }

  /** A nonce that no other attempt has: 128 random bits. */
  String nonce() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  Result write(RoomName room, Entry.Message message, Retention retention, @Nullable Marker marker)
      throws InterruptedException {
    try {
      return put(room, message, retention, marker);
    } catch (StorageUnavailable e) {
      if (settledAsOurs(room, message, retention, e)) {
        return new Result.Ours();
      }
      throw e;
    }
  }

  private Result put(
      RoomName room, Entry.Message message, Retention retention, @Nullable Marker marker)
      throws InterruptedException {
    for (int tries = 1; tries <= CONFLICTS_MAX; tries++) {
      LogStore.Put put =
          marker == null
              ? store.put(room, message, retention)
              : store.put(room, message, retention, marker);
      switch (put) {
        case LogStore.Put.Written() -> {
          return new Result.Ours();
        }
        case LogStore.Put.Occupied(Entry by) -> {
          return by.wroteBy(message.nonce()) ? new Result.Ours() : new Result.Lost();
        }
        case LogStore.Put.Known(Marker known) -> {
          return new Result.Repeat(known);
        }
        case LogStore.Put.Conflict() -> pause.of(CONFLICT_BACKOFF.before(tries, random));
      }
    }
    voidQuietly(room, message.position(), message.at(), retention);
    throw new AppendFailed(room, "transactions in conflict", CONFLICTS_MAX);
  }

  /**
   * Whether a put that failed had happened. Closing the position settles it either way: afterwards
   * the put is there, or it can never be.
   */
  private boolean settledAsOurs(
      RoomName room, Entry.Message message, Retention retention, StorageUnavailable failed) {
    try {
      Entry.Voided voided = new Entry.Voided(message.position(), message.at());
      return voidAt(room, voided, retention).wroteBy(message.nonce());
    } catch (StorageUnavailable | AppendFailed alsoFailed) {
      failed.addSuppressed(alsoFailed);
      return false;
    }
  }

  /**
   * Closes a position unless something stands there; answers what stands there now.
   *
   * @throws AppendFailed if transactions of others are at the position all the while
   */
  Entry voidAt(RoomName room, Entry.Voided voided, Retention retention) {
    for (int tries = 1; tries <= CONFLICTS_MAX; tries++) {
      switch (store.put(room, voided, retention)) {
        case LogStore.Put.Written() -> {
          metrics.count(Metric.HOLES_FILLED);
          return voided;
        }
        case LogStore.Put.Occupied(Entry by) -> {
          return by;
        }
        case LogStore.Put.Conflict() -> {
          // No pause: the other transaction is decided by the time the next call arrives.
        }
        case LogStore.Put.Known _ -> throw new IllegalStateException("a void has no marker");
      }
    }
    throw new AppendFailed(room, "transactions in conflict", CONFLICTS_MAX);
  }

  /** Closes a position of our own; false if that failed, and a reader will have to. */
  boolean voidQuietly(RoomName room, long position, Instant at, Retention retention) {
    try {
      voidAt(room, new Entry.Voided(position, at), retention);
      return true;
    } catch (StorageUnavailable | AppendFailed leftToReaders) {
      // A hole costs its next reader one write. Failing an append for it would cost the sender
      // more.
      return false;
    }
  }
}
