package io.roomlog.bench.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.bench.posts.SoakBench.Sample;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakTest {

  private static final long MIB = 1_024 * 1_024;

  private static final Sample STEADY =
      new Sample(
          10,
          1_000,
          0,
          Duration.ofMillis(100),
          80,
          new PostingClient.Memory(30 * MIB, 256 * MIB, 360 * MIB, 20, 150));

  @Test
  void whatStaysAsItIsPasses() {
    assertThat(soak(sample -> sample).passes()).isTrue();
  }

  @Test
  void aHeapThatGrowsDoesNot() {
    assertThat(soak(sample -> with(sample, 40, 360, 20, 150)).passes()).isFalse();
  }

  @Test
  void nativeMemoryThatGrowsDoesNot() {
    assertThat(soak(sample -> with(sample, 30, 370, 20, 150)).passes()).isFalse();
  }

  @Test
  void threadsAndFilesThatAreNotGivenBackDoNot() {
    assertThat(soak(sample -> with(sample, 30, 360, 23, 150)).passes()).isFalse();
    assertThat(soak(sample -> with(sample, 30, 360, 20, 153)).passes()).isFalse();
  }

  @Test
  void aStallDoesNot() {
    assertThat(
            soak(sample -> new Sample(10, 1_000, 0, Duration.ofSeconds(2), 80, sample.memory()))
                .passes())
        .isFalse();
    assertThat(
            soak(sample -> new Sample(10, 400, 0, Duration.ofMillis(100), 80, sample.memory()))
                .passes())
        .isFalse();
  }

  @Test
  void aFailedPostDoesNot() {
    assertThat(
            soak(sample -> new Sample(10, 1_000, 1, Duration.ofMillis(100), 80, sample.memory()))
                .passes())
        .isFalse();
  }

  private static Sample with(Sample sample, int heap, int resident, int threads, int files) {
    return new Sample(
        sample.second(),
        sample.perSecond(),
        sample.failed(),
        sample.gap(),
        sample.cpuMicros(),
        new PostingClient.Memory(heap * MIB, 256 * MIB, resident * MIB, threads, files));
  }

  /** Twelve samples, of which the last four differ. */
  private static Soak soak(UnaryOperator<Sample> late) {
    List<Sample> samples =
        IntStream.range(0, 12).mapToObj(i -> i < 8 ? STEADY : late.apply(STEADY)).toList();
    return new Soak(Duration.ofSeconds(1), samples);
  }
}
