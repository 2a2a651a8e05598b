package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.stream.RetryPlan.Due;
import io.roomlog.local.stream.RetryPlan.Next;
import io.roomlog.local.stream.Verdict.AllDone;
import io.roomlog.local.stream.Verdict.AllFailed;
import io.roomlog.local.stream.Verdict.FailedFrom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
  private static final RetryPlan PLAIN = new RetryPlan(2, null, false, BACKOFF);
  private static final RetryPlan BISECTING = new RetryPlan(2, null, true, BACKOFF);
  private static final RetryPlan AGEING =
      new RetryPlan(null, Duration.ofSeconds(60), false, BACKOFF);
  private static final Verdict FAILED = new AllFailed("IOException");

  @Test
  void aBatchThatSucceedsIsDone() {
    assertThat(PLAIN.after(Records.batch(1, 4), new AllDone())).isEqualTo(new Next.Done());
    assertThat(BISECTING.after(Records.batch(1, 4), new AllDone())).isEqualTo(new Next.Done());
  }

  @Test
  void aFailedBatchIsTriedAgainWholeWithDoublingWaits() {
    var batch = Records.batch(1, 4);
    assertThat(PLAIN.after(batch, FAILED))
        .isEqualTo(new Next.Again(batch.retried(), Duration.ofSeconds(1)));
    assertThat(PLAIN.after(batch.retried(), FAILED))
        .isEqualTo(new Next.Again(batch.retried().retried(), Duration.ofSeconds(2)));
  }

  @Test
  void aBatchIsGivenUpAfterItsLastRetryAndNotBefore() {
    var last = Records.batch(1, 4).retried().retried();
    assertThat(PLAIN.after(last, FAILED)).isEqualTo(new Next.GiveUp(last));
  }

  @Test
  void noRetriesMeansGivenUpAtTheFirstFailure() {
    var once = new RetryPlan(0, null, false, BACKOFF);
    var batch = Records.batch(1, 1);
    assertThat(once.after(batch, FAILED)).isEqualTo(new Next.GiveUp(batch));
  }

  @Test
  void withoutABoundABatchIsTriedForEver() {
    var batch = new Batch(Records.arrivals(1, 1), 1_000_000, 1_000_001, null);
    assertThat(AGEING.after(batch, FAILED))
        .isEqualTo(new Next.Again(batch.retried(), Duration.ofSeconds(5)));
  }

  @Test
  void aPartlyFailedBatchIsTriedAgainFromTheLowestFailure() {
    var next = PLAIN.after(Records.batch(1, 6), failedFrom(4));
    assertThat(next)
        .isInstanceOfSatisfying(
            Next.Again.class,
            again -> {
              assertThat(Records.numbers(again.batch())).containsExactly(4L, 5L, 6L);
              assertThat(again.batch().retries()).isEqualTo(1);
              assertThat(again.pause()).isEqualTo(Duration.ofSeconds(1));
            });
  }

  @Test
  void thePartGivenUpBeginsAtTheLowestFailure() {
    var last = Records.batch(1, 6).retried().retried();
    assertThat(PLAIN.after(last, failedFrom(4)))
        .isInstanceOfSatisfying(
            Next.GiveUp.class,
            givenUp -> assertThat(Records.numbers(givenUp.batch())).containsExactly(4L, 5L, 6L));
  }

  @Test
  void inABatchOutOfOrderEverythingFromTheLowestNumberOnIsTriedAgain() {
    var arrivals = List.of(3, 1, 6, 2, 5).stream().map(Records::arrival).toList();
    assertThat(PLAIN.after(Batch.fresh(arrivals), failedFrom(3)))
        .isInstanceOfSatisfying(
            Next.Again.class,
            again -> assertThat(Records.numbers(again.batch())).containsExactly(3L, 6L, 5L));
  }

  @Test
  void bisectingHalvesAFailedBatchAndUsesUpNoRetry() {
    assertThat(BISECTING.after(Records.batch(1, 5), FAILED)).isEqualTo(halves(1, 2, 3, 5));
    assertThat(BISECTING.after(Records.batch(1, 2), FAILED)).isEqualTo(halves(1, 1, 2, 2));
  }

  @Test
  void aSingleRecordCannotBeHalvedAndUsesUpRetries() {
    var batch = Records.batch(1, 1);
    assertThat(BISECTING.after(batch, FAILED))
        .isEqualTo(new Next.Again(batch.retried(), Duration.ofSeconds(1)));
    var last = batch.retried().retried();
    assertThat(BISECTING.after(last, FAILED)).isEqualTo(new Next.GiveUp(last));
  }

  @Test
  void bisectingCutsAPartlyFailedBatchWhereItFailedAndUsesUpNoRetry() {
    assertThat(BISECTING.after(Records.batch(1, 6), failedFrom(4)))
        .isEqualTo(new Next.Again(Records.batch(4, 6), Duration.ZERO));
  }

  @Test
  void bisectingHalvesABatchThatFailedFromItsFirstRecordOn() {
    assertThat(BISECTING.after(Records.batch(4, 7), failedFrom(4))).isEqualTo(halves(4, 5, 6, 7));
  }

  @Test
  void withoutAnAgeEveryRecordIsInvoked() {
    var batch = Records.batch(1, 2);
    assertThat(PLAIN.due(batch, Records.CREATED.plus(Duration.ofDays(365))))
        .isEqualTo(new Due.Invoke(batch));
  }

  @Test
  void aRecordExactlyAsOldAsTheBoundIsInvokedAndAnOlderOneGivenUp() {
    var batch = Records.batch(1, 2);
    var bound = Records.CREATED.plusSeconds(60);
    assertThat(AGEING.due(batch, bound)).isEqualTo(new Due.Invoke(batch));
    assertThat(AGEING.due(batch, bound.plusNanos(1))).isEqualTo(new Due.TooOld(batch, null));
  }

  @Test
  void onlyTheRecordsThatAreTooOldAreGivenUp() {
    var old = Records.arrivals(1, 2);
    var fresh = Records.arrival(3, Records.CREATED.plusSeconds(30));
    var batch = Batch.fresh(List.of(old.get(0), old.get(1), fresh)).retried();
    assertThat(AGEING.due(batch, Records.CREATED.plusSeconds(61)))
        .isEqualTo(new Due.TooOld(batch.only(old), batch.only(List.of(fresh))));
  }

  private static Verdict failedFrom(long number) {
    return new FailedFrom(Records.number(number));
  }

  private static Next halves(int first, int firstEnd, int second, int secondEnd) {
    return new Next.Halves(Records.batch(first, firstEnd), Records.batch(second, secondEnd));
  }
}
