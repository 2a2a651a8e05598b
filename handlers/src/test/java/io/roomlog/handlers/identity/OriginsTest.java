package io.roomlog.handlers.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

  private final Origins origins =
      Origins.of("https://chat.example.com, http://localhost:8080,https://[::1]");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example.com",
        "HTTPS://Chat.Example.Com",
        "http://localhost:8080",
        "https://[::1]"
      })
  void thoseOfTheListMayConnect(String origin) {
    assertThat(origins.allow(Optional.of(origin))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://chat.example.com",
        "https://chat.example.com:8443",
        "https://chat.example.com.evil.example",
        "https://evil.example/https://chat.example.com",
        "https://xchat.example.com",
        "https://example.com",
        "https://chat.example.com, https://evil.example",
        "http://localhost",
        "null",
        ""
      })
  void othersMayNot(String origin) {
    assertThat(origins.allow(Optional.of(origin))).isFalse();
  }

  @Test
  void whoeverSendsNoneIsNoBrowser() {
    assertThat(origins.allow(Optional.empty())).isTrue();
  }

  @Test
  void withoutAListAnyMayConnect() {
    assertThat(Origins.of("").allow(Optional.of("https://evil.example"))).isTrue();
    assertThat(Origins.of(" , ")).isEqualTo(Origins.ANY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://*.example.com",
        "https://a.example/",
        "a.example",
        "https://"
      })
  void whatIsNoOriginIsRefusedAtTheStart(String list) {
    assertThatIllegalArgumentException().isThrownBy(() -> Origins.of(list));
  }
}
