package io.roomlog.handlers.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomlog.core.config.SettingsInvalid;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTest {

  private static final Map<String, String> ISSUER =
      Map.of("TOKEN_ISSUER", "https://issuer.example", "TOKEN_AUDIENCE", "chat");

  private static List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(SettingsInvalid.class, () -> AccessSettings.of(environment))
        .problems();
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> more = new HashMap<>(ISSUER);
    more.put(name, value);
    return more;
  }

  @Test
  void anonymousClientsMustBeAskedFor() {
    assertThat(AccessSettings.of(Map.of("ANONYMOUS_ACCESS", "true")).issuer()).isNull();
    for (String other : List.of("", "false", "TRUE", "yes")) {
      assertThat(problems(Map.of("ANONYMOUS_ACCESS", other)))
          .containsExactly("TOKEN_ISSUER is missing", "TOKEN_AUDIENCE is missing");
    }
  }

  @Test
  void anIssuerWithoutAnAudienceIsRefused() {
    assertThat(problems(Map.of("TOKEN_ISSUER", "https://issuer.example")))
        .containsExactly("TOKEN_AUDIENCE is missing");
  }

  @Test
  void anonymousClientsAndTokensExcludeEachOther() {
    assertThat(problems(with("ANONYMOUS_ACCESS", "true")))
        .containsExactly(
            "TOKEN_ISSUER is set, and ANONYMOUS_ACCESS is true: they exclude each other");
  }

  @ParameterizedTest
  @CsvSource({
    "https://issuer.example, https://issuer.example/.well-known/jwks.json",
    "https://issuer.example/, https://issuer.example/.well-known/jwks.json",
    "https://issuer.example/pool, https://issuer.example/pool/.well-known/jwks.json",
    "http://localhost:3002, http://localhost:3002/.well-known/jwks.json"
  })
  void theKeysAreWhereIssuersHaveThemUnlessTold(String issuer, URI keys) throws Exception {
    assertThat(
            Objects.requireNonNull(AccessSettings.of(with("TOKEN_ISSUER", issuer)).issuer()).keys())
        .isEqualTo(keys.toURL());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example/keys",
        "http://localhost.evil.example/keys",
        "http://localhost@evil.example/keys",
        "ftp://localhost/keys",
        "file:///etc/keys.json",
        "not an address"
      })
  void keysThatTravelInTheOpenAreRefused(String address) {
    assertThat(problems(with("TOKEN_KEYS_URL", address)))
        .containsExactly("TOKEN_KEYS_URL is not an https address (http on this machine only)");
  }

  @Test
  void anIssuerThatIsNoAddressNeedsTheAddressOfItsKeys() {
    assertThat(problems(with("TOKEN_ISSUER", "our-own")))
        .containsExactly("TOKEN_ISSUER is no https address, so TOKEN_KEYS_URL must be set");
  }

  @Test
  void whatIsNoOriginIsNamed() {
    assertThat(problems(with("ALLOWED_ORIGINS", "*")))
        .containsExactly("ALLOWED_ORIGINS is not a list of origins, e.g. https://a.example");
  }
}
