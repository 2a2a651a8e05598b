package io.roomlog.handlers.identity;

import static io.roomlog.handlers.identity.ScriptedIssuer.EC;
import static io.roomlog.handlers.identity.ScriptedIssuer.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The issuer's keys change, its server fails, and strangers name keys that nobody has. */
class IssuerKeysTest {

  private static final RSAKey NEW = ScriptedIssuer.rsa("rsa-2");
  private static final Duration A_MOMENT = Duration.ofMillis(1);

  private final ManualClock clock = new ManualClock();
  private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
  private final Tokens tokens = issuer.tokens();

  @AfterEach
  void close() {
    issuer.close();
  }

  private boolean isTaken(JWK key) {
    try {
      var claims =
          issuer.ann().expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1)))).build();
      tokens.verify(ScriptedIssuer.signed(claims, key, ScriptedIssuer.header(key)));
      return true;
    } catch (TokenRefused refused) {
      return false;
    }
  }

  @Test
  void keysAreFetchedWithTheFirstTokenAndKept() {
    assertThat(issuer.fetches()).isZero();
    assertThat(isTaken(RSA)).isTrue();
    clock.pass(IssuerKeys.KEPT.minus(A_MOMENT));
    assertThat(isTaken(RSA)).isTrue();
    assertThat(isTaken(EC)).isTrue();
    assertThat(issuer.fetches()).isEqualTo(1);
    clock.pass(A_MOMENT.plus(A_MOMENT));
    assertThat(isTaken(RSA)).isTrue();
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void aNewKeyIsFetchedWhenItsFirstTokenComes() {
    isTaken(RSA);
    issuer.publishes(RSA, NEW);
    assertThat(isTaken(NEW)).isTrue();
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void aWithdrawnKeyIsTakenForFiveMinutesAtMost() {
    isTaken(RSA);
    issuer.publishes(NEW);
    assertThat(isTaken(RSA)).isTrue();
    clock.pass(IssuerKeys.KEPT.plus(A_MOMENT));
    assertThat(isTaken(RSA)).isFalse();
    assertThat(isTaken(NEW)).isTrue();
  }

  @Test
  void unknownKeysMakeItFetchTwiceInHalfAMinuteAtMost() {
    isTaken(RSA);
    for (int i = 0; i < 50; i++) {
      assertThat(isTaken(new RSAKey.Builder(NEW).keyID("made-up-" + i).build())).isFalse();
      assertThat(isTaken(RSA)).as("nobody else is kept out").isTrue();
    }
    assertThat(issuer.fetches()).isEqualTo(2);
    clock.pass(IssuerKeys.BETWEEN_FETCHES);
    for (int i = 0; i < 50; i++) {
      isTaken(new RSAKey.Builder(NEW).keyID("made-up-" + i).build());
    }
    assertThat(issuer.fetches()).isEqualTo(4);
  }

  @Test
  void aKeyThatIsPublishedWhileStrangersNameUnknownOnesIsTakenHalfAMinuteLater() {
    isTaken(RSA);
    isTaken(new RSAKey.Builder(NEW).keyID("made-up").build());
    issuer.publishes(RSA, NEW);
    assertThat(isTaken(NEW)).isFalse();
    clock.pass(IssuerKeys.BETWEEN_FETCHES);
    assertThat(isTaken(NEW)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"500,''", "404,''", "200,''", "200,not JSON", "200,{\"keys\":7}"})
  void whileTheIssuerDoesNotAnswerItsKeysGoOnForFourHours(int status, String body) {
    isTaken(RSA);
    issuer.answers(status, body);
    clock.pass(IssuerKeys.KEPT_IN_AN_OUTAGE.minus(IssuerKeys.KEPT).minus(A_MOMENT));
    assertThat(isTaken(RSA)).isTrue();
    clock.pass(IssuerKeys.KEPT.plus(Duration.ofSeconds(1)));
    assertThat(catchThrowable(() -> isTaken(RSA))).isInstanceOf(KeysUnavailable.class);
    issuer.publishes(RSA);
    clock.pass(IssuerKeys.BETWEEN_FETCHES);
    assertThat(isTaken(RSA)).as("and it answers again").isTrue();
  }

  @Test
  void withoutAnyKeysNothingIsSaidAboutAToken() {
    issuer.answers(503, "");
    assertThatExceptionOfType(KeysUnavailable.class).isThrownBy(() -> isTaken(RSA));
  }

  @Test
  void aServerOfMoreThan64KilobytesIsNotReadToItsEnd() {
    issuer.answers(200, " ".repeat(64 * 1_024 + 1) + "{\"keys\":[]}");
    assertThatExceptionOfType(KeysUnavailable.class).isThrownBy(() -> isTaken(RSA));
  }
}
