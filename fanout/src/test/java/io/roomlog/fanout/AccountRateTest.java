package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.membership.Dialect;
import io.roomlog.core.testing.AccountBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole fan-out in virtual time, against a model of the account's bucket. */
@Timeout(240)
class AccountRateTest {

  /** By then the limiter has found the rate. */
  private static final int SETTLED_SECONDS = 2;

  private static long within(List<Instant> times, long fromSecond, long toSecond) {
    Instant from = VirtualTime.START.plusSeconds(fromSecond);
    Instant to = VirtualTime.START.plusSeconds(toSecond);
    return times.stream().filter(at -> !at.isBefore(from) && at.isBefore(to)).count();
  }

  private static void assertSteadyAt(double perSecond, Simulated run) {
    long end = run.time.passed().toSeconds();
    double admitted = within(run.posts.admitted, SETTLED_SECONDS, end);
    double refused = within(run.posts.refused, SETTLED_SECONDS, end);
    assertThat(admitted / (end - SETTLED_SECONDS)).isGreaterThanOrEqualTo(0.95 * perSecond);
    assertThat(refused / (admitted + refused)).isLessThanOrEqualTo(0.02);
    assertThat(refused).as("the limit was reached").isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 5000, 30000, 128, PLAIN, 1",
    "1000, 5000, 30000, 128, ROOMLOG, 2",
    "1000, 500, 25000, 128, ROOMLOG, 3",
    "1000, 500, 25000, 32, PLAIN, 4",
    "10000, 5000, 100000, 400, ROOMLOG, 5",
  })
  void theAccountsRateIsUsedAndNothingIsLost(
      int perSecond, int depth, int members, int concurrency, Dialect dialect, long seed) {
    Simulated run = new Simulated(new AccountBucket(perSecond, depth), concurrency, seed);
    run.room("room", members, dialect);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.posts.deliveries).hasSize(members);
    assertThat(run.posts.deliveries.values()).containsOnly(1);
    assertSteadyAt(perSecond, run);
    assertThat(run.posts.mostAtOnce()).isLessThanOrEqualTo(concurrency);
  }

  @Test
  void theRateIsRememberedFromBatchToBatch() {
    Simulated run = new Simulated(new AccountBucket(1_000, 500), 128, 6);
    run.room("room", 2_000, Dialect.ROOMLOG);
    for (int batch = 1; batch <= 10; batch++) {
      assertThat(run.push("room", batch)).isEmpty();
    }
    assertThat(run.posts.deliveries.values()).containsOnly(10);
    assertSteadyAt(1_000, run);
  }

  @Test
  void theSameSeedIsTheSameRun() {
    assertThat(anHourglass(7)).isEqualTo(anHourglass(7)).isNotEqualTo(anHourglass(8));
  }

  private static List<Object> anHourglass(long seed) {
    Simulated run = new Simulated(new AccountBucket(1_000, 500), 64, seed);
    run.room("room", 3_000, Dialect.PLAIN).push("room", 1);
    return List.of(run.time.passed(), run.posts.refused, run.posts.delivered);
  }

  @Test
  void clientsWithFullBuffersDoNotPressTheRate() {
    Simulated run = new Simulated(new AccountBucket(1_000, 500), 128, 9);
    run.posts.full((id, _) -> id.endsWith("77"));
    run.room("room", 20_000, Dialect.ROOMLOG);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.posts.deliveries).hasSize(20_000 - 200);
    assertSteadyAt(1_000, run);
  }

  @ParameterizedTest
  @CsvSource({"PLAIN, 5", "ROOMLOG, 5"})
  void fewFullBuffersSlowNobodyDown(Dialect dialect, int tries) {
    Simulated run = new Simulated(Simulated.noLimit(), 64, 10);
    run.posts.full((id, _) -> id.endsWith("77"));
    run.room("room", 2_000, dialect);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.posts.deliveries).hasSize(2_000 - 20);
    assertThat(run.posts.tries.get("room1977")).isEqualTo(tries);
    Simulated without = new Simulated(Simulated.noLimit(), 64, 10);
    without.room("room", 2_000, dialect).push("room", 1);
    Duration more = run.time.passed().minus(without.time.passed());
    // Only their own waits for their own tries.
    assertThat(more).isLessThan(Duration.ofMillis(1_600));
  }

  @Test
  void manyFullBuffersSlowDownOneBatchAndNoMore() {
    Simulated run = new Simulated(Simulated.noLimit(), 64, 11);
    run.posts.full((id, _) -> id.endsWith("7"));
    run.room("room", 1_000, Dialect.ROOMLOG);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.posts.deliveries).hasSize(900);
    run.time.of(Pace.CALM);
    Instant begun = run.time.instant();
    int posts = run.posts.tries.values().stream().mapToInt(i -> i).sum();
    assertThat(run.push("room", 2)).isEmpty();
    assertThat(run.posts.tries.values().stream().mapToInt(i -> i).sum() - posts).isEqualTo(1_000);
    assertThat(Duration.between(begun, run.time.instant())).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void inARoomOfTwoAFullBufferHoldsUpNobody() {
    Simulated run = new Simulated(Simulated.noLimit(), 16, 12);
    run.posts.full((id, _) -> id.equals("room0"));
    run.room("room", 2, Dialect.ROOMLOG);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.posts.tries.get("room0")).isEqualTo(3);
    assertThat(run.time.passed()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aLonelyClientWithAFullBufferIsGivenUpAfterFiveTries() {
    Simulated run = new Simulated(Simulated.noLimit(), 16, 13);
    run.posts.full((_, _) -> true);
    run.room("room", 1, Dialect.PLAIN);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.posts.tries.get("room0")).isEqualTo(5);
  }

  @Test
  void whenTheAccountIsUsedUpByOthersTheRoomComesAgain() {
    Simulated run = new Simulated(new AccountBucket(0, 0), 16, 14);
    run.room("room", 100, Dialect.PLAIN);
    assertThat(run.push("room", 1)).containsExactly("1");
    assertThat(run.time.passed()).isLessThan(Share.REFUSED_MAX.plusSeconds(4));
  }

  @Test
  void anAccountThatIsUsedUpForAWhileLosesNothing() {
    Simulated run = new Simulated(Simulated.noLimit(), 16, 15);
    Instant free = VirtualTime.START.plusSeconds(5);
    run.posts.full((_, now) -> now.isBefore(free));
    run.room("room", 100, Dialect.PLAIN);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.posts.deliveries).hasSize(100);
    assertThat(run.time.passed()).isLessThan(Duration.ofSeconds(6));
  }
}
