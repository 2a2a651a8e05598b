package io.roomlog.bench.start;

import java.util.Map;

/** The variables that a function in a process of its own was started with. */
final class Wiring {

  private Wiring() {}

  static Map<String, String> environment() {
    return System.getenv();
  }
}
