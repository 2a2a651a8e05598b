package io.roomlog.tests.simulation;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The log's tables as one environment reaches them. */
final class FaultyLog implements LogStore {

  /**
   * A claim carries its caller's clock into the counter, and holes at the end of the log are aged
   * by that; so how late it comes bounds from below how old a hole is that is closed.
   */
  static final Duration CLAIM_LATE_MAX = Duration.ofMillis(500);

  private final Storage storage;
  private final LogStore log;
  private final FaultyCalls calls;
  private final Mischief mischief;
  private final String environment;

  FaultyLog(Storage storage, FaultyCalls calls, Mischief mischief, Environment environment) {
    this.storage = storage;
    this.log = storage.log();
    this.calls = calls;
    this.mischief = mischief;
    this.environment = environment.name();
  }

  @Override
  public Claim claim(
      RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    return calls.write(
        "claim",
        CLAIM_LATE_MAX,
        () -> {
          Claim claim = log.claim(room, count, at, retention, sender);
          storage.claimed(room, claim.last(), count, environment);
          return claim;
        });
  }

  @Override
  public Counter counter(RoomName room) {
    return calls.read("counter", () -> log.counter(room));
  }

  @Override
  public void raise(RoomName room, long head, Instant at) {
    var _ =
        calls.write(
            "raise",
            () -> {
              log.raise(room, head, at);
              return head;
            });
  }

  @Override
  public Put put(RoomName room, Entry entry, Retention retention) {
    return mischief.strikes(Fault.CONFLICT)
        ? new Put.Conflict()
        : calls.write(
            "put", () -> storage.put(room, entry, log.put(room, entry, retention), environment));
  }

  @Override
  public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
    return mischief.strikes(Fault.CONFLICT)
        ? new Put.Conflict()
        : calls.write(
            "transact",
            () -> {
              Put put = log.put(room, message, retention, marker);
              storage.marked(marker, put);
              return storage.put(room, message, put, environment);
            });
  }

  @Override
  public Optional<Marker> marker(Marker.Key key, Instant now) {
    return calls.read("marker", () -> log.marker(key, now)).filter(marker -> !isMissed(marker));
  }

  private boolean isMissed(Marker marker) {
    boolean missed = storage.mayBeMissed(marker) && mischief.mayStrike(Fault.MARKER_STALE);
    if (missed) {
      mischief.count(Fault.MARKER_STALE);
    }
    return missed;
  }

  @Override
  public Slice after(RoomName room, long after, int limit) {
    return calls.read("after", () -> log.after(room, after, limit));
  }

  @Override
  public Slice before(RoomName room, long before, int limit) {
    return calls.read("before", () -> log.before(room, before, limit));
  }
}
