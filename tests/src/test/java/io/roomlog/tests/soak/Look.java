package io.roomlog.tests.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds at a moment, its garbage collected just before.
 *
 * @param second of the run
 * @param heapKib live objects
 * @param residentKib all of its memory
 * @param threads platform threads
 * @param files open file descriptors
 */
record Look(long second, long heapKib, long residentKib, int threads, int files) {

  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

  /** Looks now. */
  static Look at(long second, ProcessHandle process) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    String heap = jcmd(process, "GC.heap_info");
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    String status = Files.readString(proc.resolve("status"));
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      return new Look(
          second,
          used(heap),
          number(RESIDENT, status),
          (int) number(THREADS, status),
          (int) open.count());
    }
  }

  /** Whatever the collector: its generations or regions, and not the classes. */
  private static long used(String heap) {
    return heap.lines()
        .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
        .map(USED::matcher)
        .filter(Matcher::find)
        .mapToLong(used -> Long.parseLong(used.group(1)))
        .sum();
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String jcmd(ProcessHandle process, String command)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new AssertionError("jcmd " + command + ": " + said);
    }
    return said;
  }
}
