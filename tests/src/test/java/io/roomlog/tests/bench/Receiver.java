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
  private int inWrongPlace;
  private long last;

  Receiver(Load load) {
    this.load = load;
  }

  @Override
  public void accept(Output output) {
    switch (output) {
      case Output.Received(_, long position, JsonNode entry) ->
          received(position, entry.path("data").asText(), System.nanoTime());
      case Output.Stored _ -> load.stored();
      default -> {}
    }
  }

  private synchronized void received(long position, String text, long now) {
    if (position != last + 1) {
      inWrongPlace++;
    }
    last = position;
    int number = Load.number(text);
    if (text.equals(Load.PROBE)) {
      return;
    }
    if (number >= 0 && !numbers.get(number)) {
      numbers.set(number);
      received++;
      load.arrived(number, now);
    } else {
      // A void, or a message a second time: the log has given it a position all the same.
      inWrongPlace++;
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

  /** Positions that did not follow the one before, voids, and messages that came twice. */
  synchronized int inWrongPlace() {
    return inWrongPlace;
  }
}
