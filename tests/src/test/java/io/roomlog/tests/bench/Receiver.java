package io.roomlog.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.tests.client.Output;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * What one connection has got of a load: every position from 1 on, once and in turn, and when. Told
 * on the client's thread, asked from any.
 */
final class Receiver implements Consumer<Output> {

  private final Load load;
  private final BitSet numbers = new BitSet();
  private int received;

  /** The probe, and what else is none of the load or came before. */
  private int others;

  private int voids;
  private int outOfPlace;
  private long last;

  Receiver(Load load) {
    this.load = load;
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
    if (number >= 0 && !numbers.get(number)) {
      numbers.set(number);
      received++;
      load.arrived(number, now);
    } else {
      others++;
    }
  }

  /** Whether it is in the room. */
  synchronized boolean isIn() {
    return last > 0;
  }

  /** Different messages so far, the probe left out. */
  synchronized int received() {
    return received;
  }

  /** Positions that did not follow the one before, and messages that came twice. */
  synchronized int outOfPlace() {
    return outOfPlace + Math.max(0, others - 1);
  }

  /** Positions that hold nothing, since whoever had taken them could not write in time. */
  synchronized int voids() {
    return voids;
  }
}
