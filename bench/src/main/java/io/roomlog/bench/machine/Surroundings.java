package io.roomlog.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Where and when something was measured, and what else the machine had to do. */
public final class Surroundings {

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final double KIB_PER_GIB = 1024.0 * 1024;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Surroundings() {}

  /** The machine in a line. */
  public static String machine() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return "%s %s, %d processors%s%s, JDK %s"
        .formatted(
            system.getName(),
            system.getArch(),
            system.getAvailableProcessors(),
            processor(),
            memory(),
            Runtime.version());
  }

  /** The minute and the load of the last one, for the beginning and the end of a measurement. */
  public static String now() {
    return String.format(
        Locale.ROOT,
        "%s (load of the last minute %.1f)",
        MINUTE.format(Instant.now()),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processor() {
    return firstLine(PROCESSOR, "model name")
        .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
        .orElse("");
  }

  private static String memory() {
    return firstLine(MEMORY, "MemTotal")
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_GIB)
        .map(gib -> String.format(Locale.ROOT, ", %.0f GB", gib))
        .orElse("");
  }

  private static Optional<String> firstLine(Path file, String begin) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith(begin)).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
