package io.roomlog.operate;

import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.dynamo.DynamoDb;
import io.roomlog.core.dynamo.DynamoMembership;
import io.roomlog.core.membership.Membership;
import io.roomlog.fanout.crowd.SqsRangeQueue;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A deployment, here or on AWS, as its operator gets at it.
 *
 * @param what for errors, e.g. {@code the stack chat}
 * @param names what something of the template is called in this deployment, by its logical id
 * @param aws where it is and who asks; with the gateway's {@code @connections}
 * @param lambdaEndpoint instead of the region's Lambda, or null
 */
record Site(String what, Map<String, String> names, AwsSettings aws, @Nullable URI lambdaEndpoint) {

  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);
  private static final Duration CALL_MAX = Duration.ofSeconds(15);

  /** As long as a function may run that appends, and a little more. */
  private static final Duration INVOCATION_MAX = Duration.ofSeconds(35);

  /** Copies the names. */
  Site {
    names = Map.copyOf(names);
  }

  /**
   * What something of the template is called here.
   *
   * @throws CommandFailed if there is nothing of that name
   */
  String name(String logicalId) {
    String name = names.get(logicalId);
    if (name == null) {
      throw new CommandFailed(what + " has no " + logicalId + "; is it one of Roomlog's?");
    }
    return name;
  }

  /** A client of its tables. */
  DynamoDbClient dynamo() {
    return DynamoDb.client(aws, UrlConnectionHttpClient.builder());
  }

  /** Who is in its rooms. */
  Membership membership() {
    return new DynamoMembership(
        dynamo(), name("RoomsTable"), name("ConnectionsTable"), new SecureRandom());
  }

  /** A client of its functions. */
  LambdaClient lambda() {
    LambdaClientBuilder builder =
        aws.apply(LambdaClient.builder(), INVOCATION_MAX, INVOCATION_MAX)
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(INVOCATION_MAX));
    if (lambdaEndpoint != null) {
      builder.endpointOverride(lambdaEndpoint);
    }
    return builder.build();
  }

  /**
   * A client of its queues.
   *
   * @param queue the address of one of them; those of a run are served where it says
   */
  SqsClient sqs(URI queue) {
    return SqsRangeQueue.client(
        aws, lambdaEndpoint == null ? null : queue.resolve("/"), UrlConnectionHttpClient.builder());
  }

  /** A client of its connections. */
  ApiGatewayManagementApiClient connections() {
    return aws.apply(ApiGatewayManagementApiClient.builder(), ATTEMPT_MAX, CALL_MAX)
        .endpointOverride(Objects.requireNonNull(aws.connectionsEndpoint(), "every site has one"))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
