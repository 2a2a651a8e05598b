package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String SCOPE = "20260101/eu-west-1/execute-api/aws4_request";

  @Test
  void theAccessKeyIsThatOfTheCredential() {
    assertThat(
            Signature.of(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/%s, SignedHeaders=host;x-amz-date, Signature=%s"
                    .formatted(SCOPE, HEX)))
        .isEqualTo(new Signature.Signed("AKIDEXAMPLE"));
  }

  @Test
  void theSpacesBetweenItsPartsAreOptional() {
    assertThat(
            Signature.of(
                "AWS4-HMAC-SHA256 Credential=A/%s,SignedHeaders=host,Signature=%s"
                    .formatted(SCOPE, HEX)))
        .isEqualTo(new Signature.Signed("A"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void nothingIsMissing(@Nullable String authorization) {
    assertThat(Signature.of(authorization)).isEqualTo(new Signature.Missing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer token",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/dynamodb/aws4_request,"
            + " SignedHeaders=host,"
            + " Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void anythingElseIsIncomplete(String authorization) {
    assertThat(Signature.of(authorization)).isEqualTo(new Signature.Incomplete());
  }
}
