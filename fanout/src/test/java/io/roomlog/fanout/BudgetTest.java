package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final OptionalDouble NO_LIMIT = OptionalDouble.empty();

  private final Budget budget = new Budget(NOW.plusSeconds(10), 2);

  /** Two workers at 20 ms a post make 100 posts a second: 1,000 until the end. */
  private void postsHaveTaken20Milliseconds() {
    for (int i = 0; i < 5; i++) {
      budget.posted(Duration.ofMillis(15));
      budget.posted(Duration.ofMillis(25));
    }
  }

  @Test
  void theFirstRoomIsBegunHoweverBigWhileThereIsTime() {
    postsHaveTaken20Milliseconds();
    assertThat(budget.begin(1_000_000, 1, NOW, NO_LIMIT)).isTrue();
  }

  @Test
  void nothingIsBegunAfterTheEnd() {
    assertThat(budget.begin(1, 1, NOW.plusSeconds(10).plusNanos(1), NO_LIMIT)).isFalse();
    assertThat(budget.begin(1, 1, NOW.plusSeconds(10), NO_LIMIT)).isTrue();
  }

  @Test
  void aRoomThatNobodyHasToBePostedToIsNotTheFirst() {
    postsHaveTaken20Milliseconds();
    assertThat(budget.begin(0, 1, NOW, NO_LIMIT)).isTrue();
    assertThat(budget.begin(1_000_000, 1, NOW, NO_LIMIT)).isTrue();
  }

  @Test
  void whatItsOwnPaceCannotFinishIsNotBegun() {
    assertThat(budget.begin(400, 1, NOW, NO_LIMIT)).isTrue();
    postsHaveTaken20Milliseconds();
    assertThat(budget.begin(601, 1, NOW, NO_LIMIT)).isFalse();
    assertThat(budget.begin(600, 1, NOW, NO_LIMIT)).isTrue();
  }

  @Test
  void theLessTimeIsLeftTheLessIsBegun() {
    assertThat(budget.begin(1, 1, NOW, NO_LIMIT)).isTrue();
    budget.finish(1);
    postsHaveTaken20Milliseconds();
    assertThat(budget.begin(501, 1, NOW.plusSeconds(5), NO_LIMIT)).isFalse();
    assertThat(budget.begin(500, 1, NOW.plusSeconds(5), NO_LIMIT)).isTrue();
  }

  @Test
  void whatOneConnectionCannotGetInTimeIsNotBegun() {
    assertThat(budget.begin(1, 1, NOW, NO_LIMIT)).isTrue();
    budget.finish(1);
    postsHaveTaken20Milliseconds();
    assertThat(budget.begin(501, 501, NOW, NO_LIMIT)).isFalse();
    assertThat(budget.begin(500, 500, NOW, NO_LIMIT)).isTrue();
  }

  @Test
  void whatIsDoneWithNoLongerCounts() {
    assertThat(budget.begin(400, 1, NOW, NO_LIMIT)).isTrue();
    postsHaveTaken20Milliseconds();
    budget.finish(399);
    assertThat(budget.begin(1_000, 1, NOW, NO_LIMIT)).isFalse();
    budget.finish(1);
    assertThat(budget.begin(1_000, 1, NOW, NO_LIMIT)).isTrue();
  }

  @Test
  void theAccountsLimitCountsIfItIsLower() {
    assertThat(budget.begin(1, 1, NOW, NO_LIMIT)).isTrue();
    budget.finish(1);
    assertThat(budget.begin(501, 1, NOW, OptionalDouble.of(50))).isFalse();
    assertThat(budget.begin(500, 1, NOW, OptionalDouble.of(50))).isTrue();
  }
}
