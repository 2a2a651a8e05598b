package io.roomlog.bench.rooms;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.tests.client.Output;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * What one connection has got of a load: every position from 1 on, once and in turn, and when. Told
 * on the client's thread, asked from any.
 */
final class Receiver implements Consumer<Output> {

  private final BitSet numbers = new BitSet();
  private volatile Load load;
  private int received;
  private int repeated;
  private int voids;
  private int outOfPlace;
  private long last;

  Receiver(Load load) {
    this.load = load;
  }

  /** Counts anew, for another load. */
  synchronized void begin(Load next) {
    load = next;
    received = 0;
    repeated = 0;
    voids = 0;
    outOfPlace = 0;
  }

  @Override
  public void accept(Output output) {
    switch (output) {
      case Output.Received(_, long position, JsonNode entry) ->
          received(position, entry, System.nanoTime());
      case Output.Stored _ -> load.stored();
      default -> {}
    }
  }

  private synchronized void received(long position, JsonNode entry, long now) {
    outOfPlace += position == last + 1 ? 0 : 1;
    last = position;
    if (entry.path("type").asText().equals("void")) {
      voids++;
    } else {
      message(Load.number(entry.path("data").asText()), now);
    }
  }

  private void message(int number, long now) {
    if (number >= 0 && numbers.get(number)) {
      repeated++;
    } else if (load.has(number)) {
      numbers.set(number);
      received++;
      load.arrived(number, now);
    }
  }

  /** Whether it is in the room. */
  synchronized boolean isIn() {
    return last > 0;
  }

  /** Different messages of the load so far. */
  synchronized int received() {
    return received;
  }

  /** Positions that did not follow the one before, and messages that came twice. */
  synchronized int outOfPlace() {
    return outOfPlace + repeated;
  }

  /** Positions that hold nothing, since whoever had taken them could not write in time. */
  synchronized int voids() {
    return voids;
  }
}
