package io.roomlog.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnPatternTest {
  private static final String ROUTE =
      "arn:aws:execute-api:us-east-1:000000000000:api/Prod/$connect";

  @ParameterizedTest
  @CsvSource({
    "*",
    "arn:aws:execute-api:us-east-1:000000000000:api/Prod/$connect",
    "arn:aws:execute-api:us-east-1:000000000000:api/*/$connect",
    "arn:aws:execute-api:us-east-1:000000000000:api/*",
    "arn:aws:execute-api:us-east-1:000000000000:*",
    "arn:aws:execute-api:*:*:api/*",
    "arn:aws:execute-api:us-east-?:000000000000:api/Pro?/$connect",
    "arn:aws:execute-api",
    "arn:aws:execute-api:us-east-1:000000000000:*i*$*t",
  })
  void fits(String pattern) {
    assertThat(new ArnPattern(pattern).matches(ROUTE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:execute-api:us-east-1:000000000000:api/*/$disconnect",
    "arn:aws:execute-api:us-east-1:000000000000:other/*",
    "arn:aws:execute-api:us-west-2:000000000000:api/*",
    "arn:aws:execute-api:us-east-1:000000000000:api/Prod/$connect?",
    "arn:aws:execute-api:us-east-1:000000000000:api/Prod/$connec",
    "arn:*/$connect",
    "arn:aws:execute-api:us-east-1:api/*",
  })
  void doesNotFit(String pattern) {
    assertThat(new ArnPattern(pattern).matches(ROUTE)).isFalse();
  }

  @Test
  void colonsAfterTheFifthBelongToTheLastPart() {
    String stream =
        "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-01T00:00:00.000";
    assertThat(new ArnPattern("arn:aws:dynamodb:us-east-1:000000000000:table/t/*").matches(stream))
        .isTrue();
    assertThat(new ArnPattern("arn:aws:dynamodb:us-east-1:000000000000:table/t").matches(stream))
        .isFalse();
  }

  @Test
  void manyStarsAreMatchedAtOnce() {
    String pattern = "*a".repeat(30) + "b";
    assertThat(ArnPattern.like(pattern, "a".repeat(2_000))).isFalse();
  }
}
