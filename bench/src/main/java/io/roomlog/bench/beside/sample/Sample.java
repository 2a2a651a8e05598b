package io.roomlog.bench.beside.sample;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.config.Settings;
import io.roomlog.core.dynamo.DynamoDb;
import io.roomlog.core.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What both versions of the sample share: the table with a row a connection, and posts. The HTTP
 * client is the one that Roomlog's fan-out uses, so that the way is compared and not the client.
 *
 * @param table the physical name of the table
 * @param dynamo to read it
 * @param api to post
 * @param threads as many as there may be posts at once
 */
record Sample(
    String table,
    DynamoDbClient dynamo,
    ApiGatewayManagementApiClient api,
    ExecutorService threads) {

  /** The key of the table. */
  static final String KEY = "connectionId";

  private static final Duration POST_MAX = Duration.ofSeconds(10);

  private record Config(AwsSettings aws, String table, URI endpoint) {}

  static Sample of(Map<String, String> environment, int postsAtOnce) {
    Config config =
        Settings.read(
            environment,
            settings ->
                new Config(
                    AwsSettings.of(settings),
                    settings.required("SAMPLE_TABLE"),
                    settings.required(
                        "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI",
                        URI::create,
                        "an address",
                        AwsSettings.NOWHERE)));
    return new Sample(
        config.table(),
        DynamoDb.client(config.aws(), AwsCrtHttpClient.builder()),
        config
            .aws()
            .apply(ApiGatewayManagementApiClient.builder(), POST_MAX, POST_MAX)
            .endpointOverride(config.endpoint())
            .httpClientBuilder(AwsCrtHttpClient.builder().maxConcurrency(postsAtOnce))
            .build(),
        Executors.newFixedThreadPool(postsAtOnce, Thread.ofVirtual().factory()));
  }

  /** What is to be sent to everybody. */
  static SdkBytes frame(APIGatewayV2WebSocketEvent event) {
    String text =
        Json.parse(event.getBody()).map(body -> body.path("data")).map(JsonNode::asText).orElse("");
    return SdkBytes.fromUtf8String(text);
  }

  static List<String> ids(List<Map<String, AttributeValue>> rows) {
    return rows.stream().map(row -> Objects.requireNonNull(row.get(KEY)).s()).toList();
  }

  void post(String id, SdkBytes frame) {
    api.postToConnection(post -> post.connectionId(id).data(frame));
  }

  static APIGatewayV2WebSocketResponse status(int status) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    return response;
  }
}
