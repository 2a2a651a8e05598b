package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.Faults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  @Test
  void everyFaultHasANameOfItsOwn() {
    assertThat(FaultPlan.NAMES)
        .doesNotHaveDuplicates()
        .contains(
            "post-gone",
            "disconnect-dropped",
            "stream-repeat",
            "table-written-yet-failed",
            "table-stale-read");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPlan.none().with("table-throtled", 1))
        .withMessageStartingWith(
            "'table-throtled' is no fault; did you mean table-throttled? there are post-gone, ");
  }

  @Test
  void oneSeedStrikesTheSameCalls() {
    assertThat(strikes(7)).isEqualTo(strikes(7)).isNotEqualTo(strikes(8));
  }

  @Test
  void whatIsGivenStrikesBeforeThePlanAndIsNotCountedInIt() {
    FaultInjection injection = new FaultInjection(new FaultPlan(Map.of("post-gone", 1.0), 1));
    assertThat(injection.beside(throttling()).onPost("c")).contains(Fault.POST_THROTTLED);
    assertThat(injection.struck()).isEqualTo(Map.of("post-gone", 0L));
    assertThat(injection.beside(Faults.none()).onPost("c")).contains(Fault.POST_GONE);
    assertThat(injection.struck()).isEqualTo(Map.of("post-gone", 1L));
  }

  private static List<Boolean> strikes(long seed) {
    Faults faults =
        new FaultInjection(new FaultPlan(Map.of("post-gone", 0.5), seed)).beside(Faults.none());
    return Stream.generate(() -> faults.onPost("c").isPresent()).limit(64).toList();
  }

  private static Faults throttling() {
    return new Faults() {
      @Override
      public Optional<Fault> onPost(String connectionId) {
        return Optional.of(Fault.POST_THROTTLED);
      }

      @Override
      public boolean onDisconnect(String connectionId) {
        return false;
      }
    };
  }
}
