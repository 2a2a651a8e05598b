package io.roomlog.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void everythingThatIsMissingIsNamedAtOnce() {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(
            () -> Settings.read(Map.of("B", " "), s -> List.of(s.required("A"), s.required("B"))))
        .satisfies(e -> assertThat(e.problems()).containsExactly("A is missing", "B is missing"));
  }

  @Test
  void aNumberOutsideItsRangeIsNamedWithItsRange() {
    assertThat(Settings.<Integer>read(Map.of("N", "10"), s -> s.number("N", 1, 1, 10)))
        .isEqualTo(10);
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> Settings.read(Map.of("N", "11"), s -> s.number("N", 1, 1, 10)))
        .withMessage("N is not a whole number from 1 to 10");
  }

  @Test
  void aValueThatIsNotUnderstoodIsNamedWithItsForm() {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(
            () ->
                Settings.read(
                    Map.of("U", "no address"),
                    s -> s.required("U", URI::create, "an address", AwsSettings.NOWHERE)))
        .withMessage("U is not an address");
  }

  @Test
  void noValueIsEverPartOfAnError() {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> Settings.read(Map.of("N", "secret"), s -> s.number("N", 1, 1, 10)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }
}
