package io.roomlog.core.dynamo;

import io.roomlog.core.config.AwsSettings;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes the DynamoDB client of a function. */
public final class DynamoDb {

  /** One try of one call. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);

  /** A call with all its tries; the five of a send with an id fit into the 29 s of a route. */
  private static final Duration CALL_MAX = Duration.ofSeconds(5);

  private DynamoDb() {}

  /**
   * A client with bounded calls.
   *
   * @param aws where and as whom
   * @param http what it sends with; closed with the client
   */
  public static DynamoDbClient client(AwsSettings aws, SdkHttpClient.Builder<?> http) {
    var builder =
        aws.apply(DynamoDbClient.builder(), ATTEMPT_MAX, CALL_MAX).httpClientBuilder(http);
    if (aws.dynamoEndpoint() != null) {
      builder.endpointOverride(aws.dynamoEndpoint());
    }
    return builder.build();
  }
}
