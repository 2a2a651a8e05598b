package io.roomlog.tests.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Nothing is logged by what is simulated: a run would log a line for every fault, and more. */
final class Silence {

  private static final Logger ROOMLOG = (Logger) LoggerFactory.getLogger("io.roomlog");

  private static @Nullable Level before;

  private Silence() {}

  static void begin() {
    before = ROOMLOG.getLevel();
    ROOMLOG.setLevel(Level.OFF);
  }

  static void end() {
    ROOMLOG.setLevel(before);
  }
}
