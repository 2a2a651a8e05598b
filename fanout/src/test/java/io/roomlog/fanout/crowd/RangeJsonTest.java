package io.roomlog.fanout.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.fanout.crowd.RangeJson.Reading;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeJsonTest {

  private static final RoomName ROOM = new RoomName("lobby");

  /** Old and new functions run side by side during a deployment: this text is an agreement. */
  @Test
  void aRangeIsWrittenAsAgreed() {
    assertThat(RangeJson.write(new Range(ROOM, 41, 60, Set.of(45L, 43L))))
        .isEqualTo("{\"v\":1,\"room\":\"lobby\",\"from\":41,\"to\":60,\"without\":[43,45]}");
    assertThat(RangeJson.write(new Range(ROOM, 1, 1, Set.of())))
        .isEqualTo("{\"v\":1,\"room\":\"lobby\",\"from\":1,\"to\":1}");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Range range = new Range(ROOM, 41, 60, Set.of(43L));
    assertThat(RangeJson.read(RangeJson.write(range))).isEqualTo(new Reading.Read(range));
  }

  @Test
  void whatAnOperatorWritesByHandMayBeShorter() {
    assertThat(RangeJson.read("{\"room\": \"lobby\", \"from\": 41, \"to\": 60}"))
        .isEqualTo(new Reading.Read(new Range(ROOM, 41, 60, Set.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lobby 1 2|the body is not a JSON object",
        "[1]|the body is not a JSON object",
        "{\"v\":2,\"room\":\"lobby\",\"from\":1,\"to\":2}|v is 2; this version reads 1",
        "{\"from\":1,\"to\":2}|room is no room's name, which is 1-128 characters of A-Z a-z 0-9 . _"
            + " : -",
        "{\"room\":\"a b\",\"from\":1,\"to\":2}|room is no room's name, which is 1-128 characters"
            + " of A-Z a-z 0-9 . _ : -",
        "{\"room\":\"lobby\",\"to\":2}|from is no position, which is a whole number from 1 on",
        "{\"room\":\"lobby\",\"from\":\"1\",\"to\":2}|from is no position, which is a whole number"
            + " from 1 on",
        "{\"room\":\"lobby\",\"from\":0,\"to\":2}|from is no position, which is a whole number from"
            + " 1 on",
        "{\"room\":\"lobby\",\"from\":1,\"to\":2.5}|to is no position, which is a whole number from"
            + " 1 on",
        "{\"room\":\"lobby\",\"from\":3,\"to\":2}|to is 2, before from, which is 3",
        "{\"room\":\"lobby\",\"from\":1,\"to\":1001}|to is 1001, 1001 positions with from 1; the"
            + " limit is 1000 positions",
        "{\"room\":\"lobby\",\"from\":9223372036854775807,\"to\":9223372036854775807}|to is"
            + " 9223372036854775807; the highest position is 9007199254740991",
        "{\"room\":\"lobby\",\"from\":1,\"to\":9,\"without\":[10]}|without is no array of positions"
            + " between from and to",
        "{\"room\":\"lobby\",\"from\":1,\"to\":9,\"without\":5}|without is no array of positions"
            + " between from and to",
      })
  void whatIsNoRangeIsToldWithItsField(String text, String reason) {
    assertThat(RangeJson.read(text)).isEqualTo(new Reading.Malformed(reason));
  }
}
