package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HoldTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Offset<Double> NEARLY = within(0.01);

  private final Hold hold = new Hold();

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private void admitted(int times, long postedAt) {
    for (int i = 0; i < times; i++) {
      hold.admitted(at(postedAt));
    }
  }

  @Test
  void whatWasPostedBeforeTheBucketWasEmptySaysNothingOfTheRate() {
    hold.refused(at(10));
    admitted(50, 9);
    admitted(3, 10);
    hold.begin(at(40));
    // An answer that comes while nothing is posted counts: it was posted before.
    admitted(3, 30);
    assertThat(hold.end(at(99))).isNegative();
    assertThat(hold.end(at(100))).isEqualTo(6 / 0.030, NEARLY);
  }

  @Test
  void itEndsOnce() {
    hold.refused(at(0));
    hold.begin(at(10));
    assertThat(hold.until()).isEqualTo(at(70));
    assertThat(hold.end(at(70))).isZero();
    assertThat(hold.end(at(70))).isNegative();
    assertThat(hold.until()).isBefore(at(0));
  }

  @Test
  void theNextOneCountsFromARefusalOfItsOwn() {
    hold.refused(at(0));
    admitted(10, 5);
    hold.begin(at(20));
    assertThat(hold.end(at(80))).isEqualTo(10 / 0.020, NEARLY);
    hold.refused(at(90));
    admitted(2, 95);
    hold.begin(at(100));
    assertThat(hold.end(at(160))).isEqualTo(2 / 0.010, NEARLY);
  }

  @Test
  void aRefusalSoonAfterAnotherIsOfTheSameBucketAndALaterOneIsNot() {
    hold.refused(at(0));
    admitted(4, 50);
    hold.refused(at(100));
    hold.begin(at(100));
    assertThat(hold.end(at(160))).isEqualTo(4 / 0.100, NEARLY);

    hold.refused(at(1_000));
    admitted(4, 1_050);
    hold.refused(at(1_101));
    admitted(1, 1_101);
    hold.begin(at(1_111));
    assertThat(hold.end(at(1_171))).isEqualTo(1 / 0.010, NEARLY);
  }
}
