package io.roomlog.handlers.identity;

import static io.roomlog.handlers.identity.ScriptedIssuer.EC;
import static io.roomlog.handlers.identity.ScriptedIssuer.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.HostileText;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.testing.Retained;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that were genuine once: none lets anybody in, and none does anything but be refused. */
class TokensFuzzTest {

  private static final int INSTANCES_MAX = 100;
  private static final int BYTES_MAX = 2_000_000;

  private static final List<String> HEADERS =
      List.of(
          "{\"alg\":\"none\"}",
          "{\"alg\":\"None\",\"kid\":\"rsa-1\"}",
          "{\"alg\":\"HS256\",\"kid\":\"rsa-1\"}",
          "{\"alg\":\"HS512\",\"kid\":\"ec-1\"}",
          "{\"alg\":\"RS256\",\"kid\":\"ec-1\"}",
          "{\"alg\":\"ES256\",\"kid\":\"rsa-1\"}",
          "{\"alg\":\"RS384\",\"kid\":\"rsa-1\"}",
          "{\"alg\":\"PS256\",\"kid\":\"rsa-1\"}",
          "{\"alg\":\"dir\",\"enc\":\"A256GCM\"}",
          "{\"alg\":\"RS256\",\"kid\":\"../../keys\"}",
          "{\"alg\":\"RS256\",\"kid\":null}",
          "{\"alg\":\"RS256\",\"kid\":7}",
          "{\"alg\":\"RS256\"}",
          "{\"alg\":null}",
          "{\"alg\":[\"RS256\"]}",
          "{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"rsa-1\"}",
          "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"exp\"]}",
          "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"b64\":false,\"crit\":[\"b64\"]}",
          "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"jku\":\"http://127.0.0.1:1/\"}",
          "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}",
          "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"x5c\":[\"AA\"]}",
          "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"zip\":\"DEF\"}",
          "{",
          "[]",
          "null",
          "\"\"",
          "",
          "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000),
          "[".repeat(20_000),
          "{\"alg\":\"" + "x".repeat(20_000) + "\"}");

  private static final List<String> CLAIMS =
      List.of(
          "\"sub\":\"root\"",
          "\"exp\":99999999999",
          "\"exp\":-1",
          "\"exp\":1e400",
          "\"exp\":\"never\"",
          "\"exp\":null",
          "\"nbf\":99999999999",
          "\"iss\":\"https://other.example\"",
          "\"iss\":[]",
          "\"aud\":[\"roomlog\",7]",
          "\"aud\":null",
          "\"rooms\":{\"lobby\":1}",
          "\"role\":\"moderator\"",
          "\"name\":\"\\ud800\"",
          "\"name\":\"\\u0000\"",
          "\"sub\":[]");

  private final ManualClock clock = new ManualClock();
  private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
  private final Tokens tokens = issuer.tokens();
  private final JWTClaimsSet claims = issuer.ann().build();
  private final List<String> genuine =
      List.of(
          ScriptedIssuer.signed(claims, RSA, ScriptedIssuer.header(RSA)),
          ScriptedIssuer.signed(claims, EC, ScriptedIssuer.header(EC)));

  @AfterEach
  void close() {
    issuer.close();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String damaged(Random random) {
    String[] parts = genuine.get(random.nextInt(genuine.size())).split("\\.", -1);
    switch (random.nextInt(7)) {
      case 0 -> parts[0] = encoded(HEADERS.get(random.nextInt(HEADERS.size())));
      case 1 -> parts[1] = encoded(payload(random));
      case 2 -> parts[2] = signature(parts[2], random);
      case 3 -> {
        int part = random.nextInt(3);
        parts[part] = withAnotherCharacter(parts[part], random);
      }
      case 4 -> parts[random.nextInt(3)] = HostileText.any(random);
      default -> {}
    }
    String token = String.join(".", parts);
    return switch (random.nextInt(8)) {
      case 0 -> token.substring(random.nextInt(token.length()));
      case 1 -> token.substring(0, random.nextInt(token.length()));
      case 2 -> token.replace(".", random.nextBoolean() ? "" : "..");
      case 3 -> withAnotherCharacter(token, random);
      case 4 -> token + List.of(".", "=", " ", "\n", "\u0000", ".AAAA").get(random.nextInt(6));
      default -> token;
    };
  }

  private String payload(Random random) {
    String json = claims.toString();
    return switch (random.nextInt(4)) {
      case 0 -> HEADERS.get(random.nextInt(HEADERS.size()));
      case 1 -> withAnotherCharacter(json, random);
      default -> "{" + CLAIMS.get(random.nextInt(CLAIMS.size())) + "," + json.substring(1);
    };
  }

  private String signature(String before, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> encoded("\u0000".repeat(64));
      case 2 -> genuine.get(random.nextInt(2)).split("\\.", -1)[2];
      case 3 -> before.repeat(2);
      case 4 -> before.repeat(200);
      default -> withAnotherCharacter(before, random);
    };
  }

  private static String withAnotherCharacter(String text, Random random) {
    if (text.isEmpty()) {
      return text;
    }
    int at = random.nextInt(text.length());
    return text.substring(0, at) + (char) random.nextInt(0x100) + text.substring(at + 1);
  }

  /** Whether what was signed is what the issuer signed; a signature has more than one spelling. */
  private boolean isSigned(String token) {
    return genuine.stream()
        .map(one -> one.substring(0, one.lastIndexOf('.') + 1))
        .anyMatch(token::startsWith);
  }

  private void check(String token) {
    try {
      Subject subject = tokens.verify(token);
      assertThat(isSigned(token)).as("what the issuer signed").isTrue();
      assertThat(subject.sender()).isEqualTo("ann");
    } catch (TokenRefused refused) {
      assertThat(refused.reason()).doesNotContain("Exception").doesNotContain("com.");
    }
  }

  @Test
  void noOtherTokenLetsAnybodyIn() {
    Fuzz.of(3_000).each("tokens", this::damaged, this::check);
    assertThat(issuer.fetches()).as("of the issuer's keys").isLessThanOrEqualTo(2);
  }

  @Test
  void whatIsRefusedIsForgotten() {
    List<String> all = new ArrayList<>();
    Fuzz.of(1_000).each("tokens", this::damaged, all::add);
    all.forEach(this::check);
    Retained before = Retained.now();
    all.forEach(this::check);
    Retained after = Retained.now();
    assertThat(after.ours() - before.ours()).as("instances").isLessThan(INSTANCES_MAX);
    assertThat(after.bytes() - before.bytes()).as("bytes").isLessThan(BYTES_MAX);
  }
}
