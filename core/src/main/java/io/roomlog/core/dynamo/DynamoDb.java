package io.roomlog.core.dynamo;

import io.roomlog.core.config.AwsSettings;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes the DynamoDB client of a function. */
public final class DynamoDb {

  /** One try of one call. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);

  /** A call with all its tries; the five of a send with an id fit into the 29 s of a route. */
  private static final Duration CALL_MAX = Duration.ofSeconds(5);

  private static final Map<String, AttributeValue> NO_ROOM = Map.of("room", Items.string("*"));

  private DynamoDb() {}

  /**
   * Makes one call and takes any answer, also that it may not be made. It asks for an item under a
   * key that is none of any table's rows, and changes nothing.
   */
  public static void greet(AwsSettings aws, SdkHttpClient.Builder<?> http, String table) {
    try (DynamoDbClient client = client(aws, http)) {
      var _ = client.getItem(request -> request.tableName(table).key(NO_ROOM));
    } catch (SdkException answered) {
      // Whatever it is, the way there and back has been gone.
    }
  }

  /**
   * A client with bounded calls.
   *
   * @param aws where and as whom
   * @param http what it sends with; closed with the client
   */
  public static DynamoDbClient client(AwsSettings aws, SdkHttpClient.Builder<?> http) {
    return client(aws, http, ATTEMPT_MAX, CALL_MAX);
  }

  static DynamoDbClient client(
      AwsSettings aws, SdkHttpClient.Builder<?> http, Duration attempt, Duration call) {
    var builder =
        aws.apply(DynamoDbClient.builder(), attempt, call)
            .httpClientBuilder(aws.http(RetriedHttp.around(http)));
    if (aws.dynamoEndpoint() != null) {
      builder.endpointOverride(aws.dynamoEndpoint());
    }
    return builder.build();
  }
}
