package io.roomlog.bench.time;

/** What is wrong with a connection; it follows from the last three digits of its id. */
enum Fault {
  /** Nothing. */
  NONE,
  /** It is gone. */
  GONE,
  /** Its buffer is full. */
  FULL;

  private static final int OF = 1_000;
  private static final int GONE_MAX = 5;
  private static final int FULL_MAX = 7;

  /**
   * What is wrong with it.
   *
   * @param faults whether anything is
   */
  static Fault of(String connectionId, boolean faults) {
    int end = connectionId.length() - 1;
    return faults ? of(Integer.parseInt(connectionId, end - 3, end, 10)) : NONE;
  }

  private static Fault of(int digits) {
    if (digits < GONE_MAX) {
      return GONE;
    }
    return digits < FULL_MAX ? FULL : NONE;
  }

  /** How many of the first connections of a room have nothing wrong with them. */
  static int sound(int connections, boolean faults) {
    if (!faults) {
      return connections;
    }
    return connections - connections / OF * FULL_MAX - Math.min(connections % OF, FULL_MAX);
  }
}
