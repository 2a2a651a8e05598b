package io.roomlog.bench.posts;

import io.roomlog.bench.machine.Progress;
import io.roomlog.bench.machine.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Question: does the fan-out's HTTP client, used from as many virtual threads as the fan-out has
 * workers, go on for long without stalling and without growing?
 *
 * <p>Topology and workload as in {@link CpuBench}, with the fan-out's sender alone.
 */
public final class SoakBench {

  private static final int SMALL_FRAME = 300;

  /** How often it is looked at. A multiple of three, since a third is compared with a third. */
  private static final int SAMPLES = 12;

  private final Progress progress = new Progress("soak");
  private final Duration warmUp;
  private final Duration length;

  /**
   * A measurement.
   *
   * @param warmUp not counted
   * @param length what is counted
   */
  public SoakBench(Duration warmUp, Duration length) {
    this.warmUp = warmUp;
    this.length = length;
  }

  /**
   * How it stood at one time.
   *
   * @param second since the warm-up
   * @param perSecond posts since the sample before
   * @param failed posts since then
   * @param gap the longest time without an answer since then
   * @param cpuMicros for each post
   * @param memory right after a collection
   */
  record Sample(
      long second,
      double perSecond,
      long failed,
      Duration gap,
      double cpuMicros,
      PostingClient.Memory memory) {}

  /** Measures. */
  public Soak run() throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    try (PostingServer server = PostingServer.start();
        PostingClient client =
            PostingClient.start(
                Sender.ROOMLOG, PostingClient.FIRST_COMPILER, server.endpoint(), SMALL_FRAME)) {
      client.begin();
      progress.at("%d s of warm-up".formatted(warmUp.toSeconds()));
      Schedule.pause(warmUp);
      PostingClient.Look before = client.look();
      long begin = before.nanos();
      for (int i = 1; i <= SAMPLES; i++) {
        Schedule.await(begin + length.toNanos() * i / SAMPLES);
        PostingClient.Look now = client.look();
        samples.add(sample(begin, before, now, client.memory()));
        progress.at("%d of %d: %.0f posts/s".formatted(i, SAMPLES, samples.getLast().perSecond()));
        before = now;
      }
      client.end();
    }
    return new Soak(warmUp, samples);
  }

  private static Sample sample(
      long begin, PostingClient.Look before, PostingClient.Look now, PostingClient.Memory memory) {
    long posts = Math.max(1, now.posts() - before.posts());
    return new Sample(
        Duration.ofNanos(now.nanos() - begin).toSeconds(),
        (now.posts() - before.posts()) * 1e9 / (now.nanos() - before.nanos()),
        now.failed() - before.failed(),
        Duration.ofNanos(now.gapNanos()),
        (now.cpuNanos() - before.cpuNanos()) / 1e3 / posts,
        memory);
  }
}
