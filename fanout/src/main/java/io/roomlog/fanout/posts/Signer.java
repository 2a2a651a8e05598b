package io.roomlog.fanout.posts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.crt.auth.credentials.Credentials;
import software.amazon.awssdk.crt.auth.signing.AwsSigner;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignatureType;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignedBodyHeaderType;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSigningAlgorithm;
import software.amazon.awssdk.crt.http.HttpRequest;

/**
 * Signs calls with Signature Version 4
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), by the
 * Common Runtime's native signer: that of the SDK takes several times its processor time.
 */
final class Signer {

  private static final String SERVICE = "execute-api";

  private final String region;
  private final AwsCredentialsProvider provider;
  private final Clock clock;
  private volatile @Nullable Known known;

  /** What the provider gave last, as the Common Runtime wants it. */
  private record Known(AwsCredentials given, Credentials credentials) {}

  Signer(String region, AwsCredentialsProvider provider, Clock clock) {
    this.region = region;
    this.provider = provider;
    this.clock = clock;
  }

  /**
   * The same request with its signature, the time and the body's digest in headers.
   *
   * @param request with all headers that are to be signed, among them the host
   * @param bodySha256 of its body, in hexadecimal
   * @throws RuntimeException if there are no credentials
   */
  HttpRequest signed(HttpRequest request, String bodySha256) {
    try (AwsSigningConfig config = new AwsSigningConfig()) {
      config.setAlgorithm(AwsSigningAlgorithm.SIGV4);
      config.setSignatureType(AwsSignatureType.HTTP_REQUEST_VIA_HEADERS);
      config.setRegion(region);
      config.setService(SERVICE);
      config.setTime(clock.millis());
      // The path of a connection is encoded already, and encoded once more to be signed.
      config.setUseDoubleUriEncode(true);
      config.setCredentials(credentials());
      config.setSignedBodyHeader(AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA256);
      config.setSignedBodyValue(bodySha256);
      return AwsSigner.signRequest(request, config).join();
    }
  }

  private Credentials credentials() {
    AwsCredentials given = provider.resolveCredentials();
    Known before = known;
    if (before != null && before.given().equals(given)) {
      return before.credentials();
    }
    byte @Nullable [] token =
        given instanceof AwsSessionCredentials session
            ? session.sessionToken().getBytes(UTF_8)
            : null;
    Credentials credentials =
        new Credentials(
            given.accessKeyId().getBytes(UTF_8), given.secretAccessKey().getBytes(UTF_8), token);
    known = new Known(given, credentials);
    return credentials;
  }
}
