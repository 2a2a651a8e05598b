package io.roomlog.tests.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a simulated day goes.
 *
 * @param sends messages in all
 * @param rooms rooms at most
 * @param devices devices at most, at least two
 * @param length how long messages are sent and faults strike
 * @param faults which may strike
 */
record Settings(int sends, int rooms, int devices, Duration length, Set<Fault> faults) {

  /** Everything that can go wrong does. */
  static final Settings EVERYTHING =
      new Settings(1_000, 3, 6, Duration.ofMinutes(4), EnumSet.allOf(Fault.class));

  /** Everything that can go wrong does, for a shorter time. */
  static final Settings SHORT =
      new Settings(300, 2, 4, Duration.ofMinutes(2), EnumSet.allOf(Fault.class));

  /** Many rooms with few messages, so that many a message is the last of its room. */
  static Settings quietRooms(Set<Fault> faults) {
    return new Settings(60, 20, 6, Duration.ofMinutes(2), faults);
  }
}
