package io.roomlog.fanout;

/** Counts how the connections of a room fared. Used by one thread. */
final class Tally {

  private long delivered;
  private int gaveUp;

  void add(Delivery.Result result) {
    delivered += result.delivered();
    if (result instanceof Delivery.Result.GaveUp) {
      gaveUp++;
    }
  }

  /** Frames delivered. */
  long delivered() {
    return delivered;
  }

  /** Connections that missed something. */
  int gaveUp() {
    return gaveUp;
  }
}
