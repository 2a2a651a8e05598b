package io.roomlog.tests.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomlog.tests.world.Scrape;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Alarm alarm(String namespace, String metric, String statistic, double threshold) {
    return new Alarm(
        "AnAlarm",
        List.of(new Alarm.Series("m", namespace, metric, "SendFunction", statistic)),
        "m",
        threshold,
        MINUTE,
        5,
        3);
  }

  private static Measured measured(Duration window, String... looks) {
    return new Measured(List.of(looks).stream().map(Scrape::new).toList(), window, window);
  }

  private static String failures(int count) {
    return "roomlog_invocation_failures_total{function=\"SendFunction\"} %d\n".formatted(count)
        + "roomlog_invocation_failures_total{function=\"JoinFunction\"} 1000\n";
  }

  private static String age(double seconds) {
    return "roomlog_iterator_age_seconds{mapping=\"MessagesToFanOut\"} " + seconds;
  }

  private static String latencies(int quick, int all) {
    String series = "roomlog_append_latency_seconds_bucket{function=\"SendFunction\",le=\"";
    return series
        + "0.5\"} %d\n".formatted(quick)
        + series
        + "1.0\"} %d\n".formatted(quick)
        + series
        + "2.5\"} %d\n".formatted(all)
        + series
        + "+Inf\"} %d\n".formatted(all);
  }

  @Test
  void aSumIsTakenPerPeriodAtTheRateThatWasMeasured() {
    Alarm errors = alarm("AWS/Lambda", "Errors", "Sum", 5);
    assertThat(measured(MINUTE, failures(7), failures(12)).seen(errors).above()).isFalse();
    assertThat(measured(MINUTE, failures(7), failures(13)).seen(errors).above()).isTrue();
    assertThat(measured(Duration.ofSeconds(6), failures(7), failures(8)).seen(errors).value())
        .isEqualTo(10);
  }

  @Test
  void anAgeIsAsOldAsItWouldBeWhenTheAlarmLooksForTheLastTime() {
    Alarm behind = alarm("AWS/Lambda", "IteratorAge", "Maximum", 30_000);
    assertThat(measured(Duration.ofSeconds(2), age(0), age(1.5), age(0)).seen(behind).value())
        .isEqualTo(1.5 * 90 * 1_000);
    assertThat(measured(Duration.ofMinutes(4), age(0), age(29)).seen(behind).above()).isFalse();
  }

  @Test
  void thePercentileIsThatOfWhatCameMeanwhile() {
    Alarm slow = alarm("Roomlog", "AppendLatency", "p99", 1_000);
    assertThat(measured(MINUTE, latencies(0, 50), latencies(100, 150)).seen(slow).above())
        .isFalse();
    assertThat(measured(MINUTE, latencies(0, 50), latencies(98, 150)).seen(slow).above()).isTrue();
  }

  @Test
  void anAlarmOnWhatNobodyEmitsDoesNotGoOff() {
    assertThat(measured(MINUTE, "", "").seen(alarm("Roomlog", "Imagined", "Sum", 0)).above())
        .isFalse();
  }

  @Test
  void anAlarmOnWhatIsNotKnownIsRefused() {
    Alarm unknown = alarm("AWS/Lambda", "Duration", "Maximum", 0);
    assertThatIllegalArgumentException().isThrownBy(() -> measured(MINUTE, "", "").seen(unknown));
  }

  @Test
  void theTemplatesAlarmsAreAllUnderstood() {
    List<Alarm> alarms = TemplateAlarms.of(World.TEMPLATE);
    assertThat(alarms).hasSizeGreaterThan(1);
    assertThat(alarms)
        .allSatisfy(alarm -> assertThat(measured(MINUTE, "", "").seen(alarm).above()).isFalse());
  }
}
