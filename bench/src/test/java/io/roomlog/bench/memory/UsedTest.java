package io.roomlog.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UsedTest {

  @Test
  void onlyWhatIsDoneOnTheProcessorTakesLongerWithLessOfIt() {
    Used used = new Used(10, 4);
    assertThat(used.millisWith(1_769, 6)).isEqualTo(10);
    assertThat(used.millisWith(442, 6)).isCloseTo(22, within(0.02));
  }

  @Test
  void moreMemoryThanForOneProcessorMakesOneThreadNoQuicker() {
    assertThat(new Used(10, 4).millisWith(3_538, 6)).isEqualTo(10);
  }
}
