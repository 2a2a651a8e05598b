package io.roomlog.bench.time;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.Slice;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ForwardingLogStore;
import io.roomlog.core.testing.VirtualTime;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The log in virtual time; what is stored is on the stream at that moment. */
final class SimulatedLog extends ForwardingLogStore {

  private final VirtualTime time;
  private final Latencies latencies;
  private final RandomGenerator random;
  private final StreamShard stream;

  SimulatedLog(VirtualTime time, Latencies latencies, RandomGenerator random, StreamShard stream) {
    super(new MemoryLogStore());
    this.time = time;
    this.latencies = latencies;
    this.random = random;
    this.stream = stream;
  }

  @Override
  public Claim claim(
      RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    time.pass(latencies.ofCall(random));
    return super.claim(room, count, at, retention, sender);
  }

  @Override
  public Put put(RoomName room, Entry entry, Retention retention) {
    time.pass(latencies.ofCall(random));
    Put put = super.put(room, entry, retention);
    if (put instanceof Put.Written && entry instanceof Entry.Message message) {
      stream.add(room, message);
    }
    return put;
  }

  @Override
  public Slice after(RoomName room, long after, int limit) {
    time.pass(latencies.ofCall(random));
    return super.after(room, after, limit);
  }
}
