package io.roomlog.tests.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a soak stands.
 *
 * @param second since its beginning
 * @param postsASecond since the sample before
 * @param heapKib in use right after a collection
 * @param residentKib of the whole process, or -1 where there is no {@code /proc}
 * @param threads of the platform, of which virtual ones are none
 */
record SoakSample(long second, long postsASecond, long heapKib, long residentKib, int threads) {

  static final String HEADING =
      "| second | posts/s | heap after a collection, MiB | resident MiB | platform threads |\n"
          + "|---|---|---|---|---|";

  private static final int SAMPLES = 12;
  private static final int KIB_PER_MIB = 1_024;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Takes the first sample after the warm-up, and then as many as fit evenly. */
  static List<SoakSample> take(PostLoop loop, int warmUpSeconds, int seconds) throws Exception {
    long begin = System.nanoTime();
    long every = Math.max(1, (seconds - warmUpSeconds) / SAMPLES);
    List<SoakSample> samples = new ArrayList<>();
    Schedule.await(begin + TimeUnit.SECONDS.toNanos(warmUpSeconds));
    long posts = loop.posts();
    long at = System.nanoTime();
    for (long second = warmUpSeconds + every; second <= seconds; second += every) {
      Schedule.await(begin + TimeUnit.SECONDS.toNanos(second));
      long now = System.nanoTime();
      long postsNow = loop.posts();
      samples.add(now(second, Math.round((postsNow - posts) * 1e9 / (now - at))));
      posts = postsNow;
      at = now;
    }
    return samples;
  }

  private static SoakSample now(long second, long postsASecond) throws IOException {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return new SoakSample(
        second,
        postsASecond,
        memory.getHeapMemoryUsage().getUsed() / KIB_PER_MIB,
        readResidentKib(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static long readResidentKib() throws IOException {
    if (!Files.exists(STATUS)) {
      return -1;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(-1);
  }

  String row() {
    return "| %d | %d | %.1f | %.1f | %d |"
        .formatted(
            second,
            postsASecond,
            (double) heapKib / KIB_PER_MIB,
            (double) residentKib / KIB_PER_MIB,
            threads);
  }
}
