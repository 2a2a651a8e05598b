package io.roomlog.core.config;

import io.roomlog.core.snapshot.Priming;
import io.roomlog.core.snapshot.Rehearsal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Where AWS is and who calls it, under the names that Lambda and every SDK use
 * (docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html). Read from the given map, not
 * from the process, so that many functions can run in one process, each as itself.
 *
 * @param region the region
 * @param credentials who calls
 * @param dynamoEndpoint instead of the region's DynamoDB, or null
 * @param connectionsEndpoint instead of the API's own address, or null
 * @param rehearses whether nothing is to be reached: {@link Priming}
 */
public record AwsSettings(
    Region region,
    AwsCredentialsProvider credentials,
    @Nullable URI dynamoEndpoint,
    @Nullable URI connectionsEndpoint,
    boolean rehearses) {

  /** Stands in for an address that is missing or malformed until the error is thrown. */
  public static final URI NOWHERE = URI.create("https://invalid.invalid");

  /** Settings with which something is reached. */
  public AwsSettings(
      Region region,
      AwsCredentialsProvider credentials,
      @Nullable URI dynamoEndpoint,
      @Nullable URI connectionsEndpoint) {
    this(region, credentials, dynamoEndpoint, connectionsEndpoint, false);
  }

  /** Takes them from settings. */
  public static AwsSettings of(Settings settings) {
    return new AwsSettings(
        settings.required("AWS_REGION", Region::of, "a region", Region.AWS_GLOBAL),
        credentials(settings),
        endpoint(settings, "AWS_ENDPOINT_URL_DYNAMODB"),
        endpoint(settings, "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"),
        settings.optional(Priming.VARIABLE).isPresent());
  }

  private static @Nullable URI endpoint(Settings settings, String name) {
    return settings.optional(name, URI::create, "an address", NOWHERE);
  }

  /** With SnapStart there are no keys in the environment, and Lambda's own chain finds them. */
  private static AwsCredentialsProvider credentials(Settings settings) {
    Optional<String> key = settings.optional("AWS_ACCESS_KEY_ID");
    if (key.isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    String secret = settings.required("AWS_SECRET_ACCESS_KEY");
    return StaticCredentialsProvider.create(
        settings
            .optional("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.get(), secret, token))
            .orElseGet(() -> AwsBasicCredentials.create(key.get(), secret)));
  }

  /** What a client sends with: what it is given, unless it only rehearses. */
  public SdkHttpClient.Builder<?> http(SdkHttpClient.Builder<?> real) {
    return rehearses ? Rehearsal.http() : real;
  }

  /**
   * Sets region, credentials and bounds on a client's builder.
   *
   * @param attempt how long one try may take
   * @param call how long a call may take with all its tries
   */
  public <B extends AwsClientBuilder<B, ?>> B apply(B builder, Duration attempt, Duration call) {
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(call)
                .build());
  }
}
