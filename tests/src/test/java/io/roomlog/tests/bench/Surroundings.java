package io.roomlog.tests.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where and when something was measured, and what else the machine had to do. */
final class Surroundings {

  private Surroundings() {}

  /** One line, for beside the numbers. */
  static String now() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return "%s, %s %s, %d processors, JDK %s, load of the last minute %.1f"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.MINUTES),
            system.getName(),
            system.getArch(),
            system.getAvailableProcessors(),
            Runtime.version(),
            system.getSystemLoadAverage());
  }
}
