package io.roomlog.bench.time;

import io.roomlog.core.RoomName;
import io.roomlog.core.memory.MemoryPushCursor;
import io.roomlog.core.push.Pushed;
import io.roomlog.core.testing.VirtualTime;
import java.util.random.RandomGenerator;

/** What has been pushed of the rooms, in virtual time: a call to read it and one to add to it. */
final class SimulatedCursor extends MemoryPushCursor {

  private final VirtualTime time;
  private final Latencies latencies;
  private final RandomGenerator random;

  SimulatedCursor(VirtualTime time, Latencies latencies, RandomGenerator random) {
    this.time = time;
    this.latencies = latencies;
    this.random = random;
  }

  @Override
  public Pushed read(RoomName room) {
    time.pass(latencies.ofCall(random));
    return super.read(room);
  }

  @Override
  public void add(RoomName room, Pushed seen, Pushed more) {
    time.pass(latencies.ofCall(random));
    super.add(room, seen, more);
  }
}
