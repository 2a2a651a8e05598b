package io.roomlog.local.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Authorization} header says of who signed a request. Its form is checked, the
 * signature is not: there are no secrets on this machine that it could be checked against
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html).
 */
sealed interface Signature {

  /**
   * The request is signed.
   *
   * @param accessKeyId by whom
   */
  record Signed(String accessKeyId) implements Signature {}

  /** There is no signature. */
  record Missing() implements Signature {}

  /** There is something, but no signature of version 4. */
  record Incomplete() implements Signature {}

  /** The form of a version 4 signature: credential scope, signed headers, 32 bytes in hex. */
  Pattern FORM =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=([^/, ]+)/\\d{8}/[^/, ]+/execute-api/aws4_request, *"
              + "SignedHeaders=[a-z0-9;-]+, *Signature=[0-9a-f]{64}");

  static Signature of(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      return new Missing();
    }
    Matcher matcher = FORM.matcher(authorization.strip());
    return matcher.matches() ? new Signed(matcher.group(1)) : new Incomplete();
  }
}
