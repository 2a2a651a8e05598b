package io.roomlog.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FlatTest {

  private static final Flat HEAP = new Flat("heap", Look::heapKib, 0.1, 100);

  private static List<Look> looks(LongUnaryOperator heap) {
    return LongStream.rangeClosed(1, 20)
        .mapToObj(second -> new Look(second, heap.applyAsLong(second), 0, 0, 0))
        .toList();
  }

  @Test
  void whatGrowsAtFirstAndNoMoreIsFlat() {
    assertThat(HEAP.fault(looks(second -> second < 5 ? second * 2_000 : 10_000))).isEmpty();
  }

  @Test
  void whatSwingsIsFlat() {
    assertThat(HEAP.fault(looks(second -> 10_000 + second % 3 * 500))).isEmpty();
  }

  @Test
  void whatGrowsSteadilyIsNot() {
    assertThat(HEAP.fault(looks(second -> 10_000 + second * 200)).orElseThrow())
        .isEqualTo(
            "heap: 14,000 in the last quarter, 12,000 in the second; at most 13,200 are flat");
  }
}
