package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.house.Sources.Source;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final int FILE_LINES_MAX = 400;
  private static final int FILE_LINES_MEDIAN_MAX = 100;

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl|Data|Info)");
  private static final Pattern SLEEP = Pattern.compile("Thread\\s*(\\.|::)\\s*sleep");
  private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");

  @Test
  void namesSaySomething() {
    assertThat(pathsOf(Sources.all(), source -> EMPTY_NAME.matcher(source.name()).matches()))
        .isEmpty();
  }

  @Test
  void nobodySleepsButThePauseThatIsInjected() {
    assertThat(pathsOf(Sources.all(), source -> SLEEP.matcher(source.text()).find()))
        .containsExactly("core/src/main/java/io/roomlog/core/Pause.java");
  }

  @Test
  void theEnvironmentIsReadWhereThingsAreWired() {
    assertThat(pathsOf(Sources.main(), source -> source.text().contains("System.getenv")))
        .allMatch(path -> path.endsWith("Wiring.java") || path.endsWith("/Main.java"));
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(
            Sources.main().stream()
                .map(source -> Sources.absolute(source).resolveSibling("package-info.java"))
                .distinct()
                .filter(marker -> !Files.exists(marker)))
        .isEmpty();
    assertThat(
            pathsOf(
                Sources.all(),
                source ->
                    source.name().equals("package-info") && !source.text().contains("@NullMarked")))
        .isEmpty();
  }

  @Test
  void aFileIsOneIdea() {
    assertThat(pathsOf(Sources.all(), source -> lines(source) > FILE_LINES_MAX)).isEmpty();
    List<Long> sorted = Sources.main().stream().map(HouseRulesTest::lines).sorted().toList();
    assertThat(sorted.get(sorted.size() / 2)).isLessThanOrEqualTo(FILE_LINES_MEDIAN_MAX);
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(
            pathsOf(
                Sources.all(),
                source ->
                    !source.name().equals("HouseRulesTest")
                        && LEFT_FOR_LATER.matcher(source.text()).find()))
        .isEmpty();
  }

  @Test
  void noTestIsSwitchedOff() {
    assertThat(
            pathsOf(
                Sources.all(),
                source ->
                    !source.name().equals("HouseRulesTest") && source.text().contains("@Disabled")))
        .isEmpty();
  }

  private static long lines(Source source) {
    return source.text().lines().count();
  }

  private static List<String> pathsOf(List<Source> sources, Predicate<Source> that) {
    return sources.stream().filter(that).map(source -> source.path().toString()).toList();
  }
}
