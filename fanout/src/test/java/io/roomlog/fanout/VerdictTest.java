package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.membership.Dialect;
import io.roomlog.fanout.Recent.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  private static final Counts NONE = new Counts(0, 0);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # where one in twenty is refused, chance needs to strike seven times
          6, 95, 5, false
          7, 95, 5, true
          6, 950, 50, false
          7, 950, 50, true
          # the fewest that are taken as they are
          1, 20, 0, true
          1, 19, 1, false
          # with a fifth refused twelve times
          11, 80, 20, false
          12, 80, 20, true
          # nobody else gets through either
          1000, 0, 20, false
          """)
  void theClientIsBlamedBeyondDoubtWhereOthersAreRefusedToo(
      int refusals, long admitted, long refused, boolean client) {
    assertThat(new Verdict(refusals, new Counts(admitted, refused), NONE, false).meansTheClient())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # eighteen others who all got through vouch for the account, seventeen do not
          1, 18, 0, true
          1, 17, 0, false
          # a room of two: the others post went through
          2, 1, 0, false
          3, 1, 0, true
          # a room of two: the other was refused as well
          3, 0, 1, false
          8, 0, 1, true
          # alone
          4, 0, 0, false
          5, 0, 0, true
          """)
  void fewOthersVouchForLess(int refusals, long admitted, long refused, boolean client) {
    assertThat(new Verdict(refusals, new Counts(admitted, refused), NONE, false).meansTheClient())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1, 98, 2, false
          4, 98, 2, false
          5, 98, 2, true
          5, 97, 3, false
          7, 95, 5, true
          1, 100, 0, true
          """)
  void whileTheAccountRefusesTheClientIsBlamedOnlyBeyondDoubt(
      int refusals, long admitted, long refused, boolean client) {
    assertThat(new Verdict(refusals, new Counts(admitted, refused), NONE, true).meansTheClient())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # over the second two percent, but since the first refusal half of them, or all of a few
          5, 50, 50, false
          5, 0, 5, false
          # four are too few to say anything
          5, 0, 4, true
          # better than before does not count
          5, 100, 0, true
          4, 100, 0, false
          """)
  void whatHappenedSinceTheFirstRefusalCountsIfItIsWorse(
      int refusals, long admitted, long refused, boolean client) {
    Counts meanwhile = new Counts(admitted, refused);
    assertThat(new Verdict(refusals, new Counts(980, 20), meanwhile, false).meansTheClient())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource({
    "19, 1, false",
    "17, 3, false",
    "16, 4, true",
    "0, 19, false",
    "89, 11, false",
    "88, 12, true",
    "9430, 570, true"
  })
  void theAccountIsBlamedWhenMoreIsRefusedThanAShareOfFivePercentMakesLikely(
      long admitted, long refused, boolean account) {
    assertThat(Verdict.meansTheAccount(new Counts(admitted, refused), 0.05)).isEqualTo(account);
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
