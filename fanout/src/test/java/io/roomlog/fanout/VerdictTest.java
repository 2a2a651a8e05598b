package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.membership.Dialect;
import io.roomlog.fanout.Recent.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  @ParameterizedTest
  @CsvSource({
    // 95 of 100 others went through, 94 did not
    "1, 95, 5, true",
    "1, 94, 6, false",
    "1, 950, 50, true",
    "1, 949, 51, false",
    // the fewest that are taken as they are
    "1, 19, 1, true",
    "1, 18, 1, false",
    // with a fifth refused, chance needs twice, with nine tenths 29 times
    "1, 80, 20, false",
    "2, 80, 20, true",
    "28, 10, 90, false",
    "29, 10, 90, true",
    // nobody else gets through either
    "1000, 0, 20, false",
  })
  void theClientIsBlamedWhenChanceIsAtMostAShareOfFivePercent(
      int refusals, long admitted, long refused, boolean client) {
    assertThat(new Verdict(refusals, new Counts(admitted, refused), false).meansTheClient())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource({
    // eighteen others who all got through vouch for the account, seventeen do not
    "1, 18, 0, true",
    "1, 17, 0, false",
    // a room of two: the other's post went through
    "2, 1, 0, false",
    "3, 1, 0, true",
    // a room of two: the other was refused as well
    "3, 0, 1, false",
    "8, 0, 1, true",
    // alone
    "4, 0, 0, false",
    "5, 0, 0, true",
  })
  void fewOthersVouchForLess(int refusals, long admitted, long refused, boolean client) {
    assertThat(new Verdict(refusals, new Counts(admitted, refused), false).meansTheClient())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 98, 2, false",
    "2, 98, 2, false",
    "3, 98, 2, true",
    "3, 97, 3, false",
    "4, 95, 5, true",
    "1, 100, 0, true",
  })
  void whileTheAccountRefusesTheClientIsBlamedOnlyBeyondDoubt(
      int refusals, long admitted, long refused, boolean client) {
    assertThat(new Verdict(refusals, new Counts(admitted, refused), true).meansTheClient())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource({"19, 1, false", "18, 2, true", "0, 19, false", "95, 5, false", "94, 6, true"})
  void theAccountIsBlamedWhenMoreThanFivePercentOfTwentyPostsAreRefused(
      long admitted, long refused, boolean account) {
    assertThat(Verdict.meansTheAccount(new Counts(admitted, refused))).isEqualTo(account);
  }

  @Test
  void aPlainClientGetsThreeTriesAndOneThatReadsTheLogTwo() {
    assertThat(Verdict.isEnough(2, Dialect.PLAIN, false)).isFalse();
    assertThat(Verdict.isEnough(3, Dialect.PLAIN, false)).isTrue();
    assertThat(Verdict.isEnough(1, Dialect.ROOMLOG, false)).isFalse();
    assertThat(Verdict.isEnough(2, Dialect.ROOMLOG, false)).isTrue();
  }

  @Test
  void whoWasFullLatelyIsNotTriedAgainIfItReadsTheLog() {
    assertThat(Verdict.isEnough(1, Dialect.ROOMLOG, true)).isTrue();
    assertThat(Verdict.isEnough(2, Dialect.PLAIN, true)).isFalse();
  }
}
