package io.roomlog.tests.simulation;

import io.roomlog.core.log.Retention;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a simulated day goes.
 *
 * @param sends messages in all; of those without an id, none is sent while the device is offline
 * @param rooms rooms at most
 * @param devices devices at most, at least two
 * @param length how long messages are sent and faults strike
 * @param faults which may strike
 * @param retention how long entries are kept
 */
record Settings(
    int sends, int rooms, int devices, Duration length, Set<Fault> faults, Retention retention) {

  private static final Retention FOREVER = Retention.ofDays(0);

  private static final int DAYS_ONE_IN = 10;

  /** Everything that can go wrong does. */
  static final Settings EVERYTHING =
      new Settings(1_060, 3, 6, Duration.ofMinutes(4), EnumSet.allOf(Fault.class), FOREVER);

  /** Likewise, for so long that entries expire, connections live out their time and rows too. */
  static final Settings DAYS =
      new Settings(
          1_200, 2, 3, Duration.ofHours(30), EnumSet.allOf(Fault.class), Retention.ofDays(1));

  /** A short day with some faults. */
  static Settings shortDay(Set<Fault> faults) {
    return new Settings(300, 2, 4, Duration.ofMinutes(2), faults, FOREVER);
  }

  /** The settings of a seed among many: most are short. */
  static Settings of(long seed) {
    return seed % DAYS_ONE_IN == 0 ? DAYS : EVERYTHING;
  }

  /** Many rooms with few messages, so that many a message is the last of its room. */
  static Settings quietRooms(Set<Fault> faults) {
    return new Settings(60, 20, 6, Duration.ofMinutes(2), faults, FOREVER);
  }
}
