package io.roomlog.fanout.posts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.utils.StringInputStream;

/** The native signer against the SDK's. */
class SignerTest {

  private static final String HOST = "abc123.execute-api.eu-west-1.amazonaws.com";
  private static final long SEED = 20_261_128;
  private static final int CASES = 200;
  private static final String SIGNS = "+/=-_~.@ aZ09%&?";

  private static final AwsCredentials OF_A_USER = AwsBasicCredentials.create("key", "secret");
  private static final AwsCredentials OF_A_ROLE =
      AwsSessionCredentials.create("other", "hidden", "token+/=");

  private final Random random = new Random(SEED);

  @Test
  void itSignsAsTheSdkDoes() {
    for (int number = 0; number < CASES; number++) {
      AwsCredentials credentials = random.nextBoolean() ? OF_A_USER : OF_A_ROLE;
      Instant now = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      String path = "/Prod/@connections/" + URLEncoder.encode(id(), StandardCharsets.UTF_8);
      Frame frame = Frame.of("x".repeat(random.nextInt(2_000)));
      assertThat(authorization(signed(() -> credentials, now, path, frame)))
          .as("seed %d, case %d: %s at %s", SEED, number, path, now)
          .isEqualTo(authorization(signedBySdk(credentials, now, path, frame)));
    }
  }

  @Test
  void newCredentialsAreUsedAtOnce() {
    AtomicReference<AwsCredentials> credentials = new AtomicReference<>(OF_A_USER);
    Signer signer = new Signer("eu-west-1", credentials::get, Clock.systemUTC());
    HttpRequest before = signer.signed(request("/", Frame.of("")), Frame.of("").sha256());
    credentials.set(OF_A_ROLE);
    HttpRequest after = signer.signed(request("/", Frame.of("")), Frame.of("").sha256());
    assertThat(authorization(before.getHeaders())).contains("Credential=key/");
    assertThat(authorization(after.getHeaders())).contains("Credential=other/");
    assertThat(value(after.getHeaders(), "X-Amz-Security-Token")).isEqualTo("token+/=");
  }

  private String id() {
    StringBuilder id = new StringBuilder();
    for (int length = 1 + random.nextInt(16); length > 0; length--) {
      id.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return id.toString();
  }

  private static List<HttpHeader> signed(
      AwsCredentialsProvider credentials, Instant now, String path, Frame frame) {
    return new Signer("eu-west-1", credentials, Clock.fixed(now, ZoneOffset.UTC))
        .signed(request(path, frame), frame.sha256())
        .getHeaders();
  }

  private static HttpRequest request(String path, Frame frame) {
    return new HttpRequest(
        "POST",
        path,
        new HttpHeader[] {
          new HttpHeader("Host", HOST),
          new HttpHeader("Content-Type", "application/json"),
          new HttpHeader("Content-Length", Integer.toString(frame.size())),
          new HttpHeader("User-Agent", "roomlog"),
        },
        null);
  }

  private static List<HttpHeader> signedBySdk(
      AwsCredentials credentials, Instant now, String path, Frame frame) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("https://" + HOST))
            .encodedPath(path)
            .putHeader("Host", HOST)
            .putHeader("Content-Type", "application/json")
            .putHeader("Content-Length", Integer.toString(frame.size()))
            .putHeader("User-Agent", "roomlog")
            .build();
    String body = StandardCharsets.UTF_8.decode(frame.bytes()).toString();
    List<HttpHeader> headers = new ArrayList<>();
    AwsV4HttpSigner.create()
        .sign(
            sign ->
                sign.identity(credentials)
                    .request(request)
                    .payload(() -> new StringInputStream(body))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
        .request()
        .forEachHeader(
            (name, values) -> values.forEach(value -> headers.add(new HttpHeader(name, value))));
    return headers;
  }

  private static String authorization(List<HttpHeader> headers) {
    return value(headers, "Authorization");
  }

  private static String value(List<HttpHeader> headers, String name) {
    return headers.stream()
        .filter(header -> header.getName().equalsIgnoreCase(name))
        .map(HttpHeader::getValue)
        .reduce("", String::concat);
  }
}
