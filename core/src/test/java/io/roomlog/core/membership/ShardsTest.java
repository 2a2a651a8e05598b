package io.roomlog.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "1000, 1, 1",
    "1001, 1, 2",
    "2000, 2, 2",
    "2001, 2, 4",
    "10001, 1, 11",
    "127000, 127, 127",
    "127001, 127, 254",
    "128001, 128, 256",
    "256001, 256, 256",
    "2147483647, 1, 256",
    "300001, 300, 300",
  })
  void aRoomGetsMoreShardsWhenTheyHoldMoreThanAThousandRowsOnAverage(
      int rows, int shards, int wanted) {
    assertThat(Shards.wanted(rows, shards)).isEqualTo(wanted);
  }

  @Test
  void aRoomHasAtLeastOneShardAndAtMostSoMany() {
    assertThatNoException().isThrownBy(() -> Shards.check(1));
    assertThatNoException().isThrownBy(() -> Shards.check(Shards.COUNT_MAX));
    assertThatIllegalArgumentException().isThrownBy(() -> Shards.check(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shards.check(Shards.COUNT_MAX + 1))
        .withMessage("a room has 1-256 shards, not 257");
  }

  /**
   * The ids are as the gateway makes them: base64 of eleven bytes, so their last letters repeat.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 11, 31, 64, 256})
  void joiningConnectionsAreSpreadEvenly(int shards) {
    Random random = new Random(shards);
    int[] rows = new int[shards];
    byte[] bytes = new byte[11];
    for (int i = 0; i < shards * 1_000; i++) {
      random.nextBytes(bytes);
      rows[Shards.of(Base64.getUrlEncoder().encodeToString(bytes), shards)]++;
    }
    assertThat(IntStream.of(rows)).allMatch(count -> count > 800 && count < 1_200);
  }
}
