package io.roomlog.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The functions of the template queues.yaml. */
public final class QueueHandlers {
  private QueueHandlers() {}

  /** Sends a message to the queue that its environment names, and says what came of it. */
  public static final class Sender implements RequestHandler<Map<String, String>, String> {
    private final Map<String, String> environment;

    public Sender() {
      this(System.getenv());
    }

    public Sender(Map<String, String> environment) {
      this.environment = environment;
    }

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      try (SqsClient client = client()) {
        client.sendMessage(
            r ->
                r.queueUrl(environment.get("QUEUE_URL"))
                    .messageBody(event.get("body"))
                    .messageGroupId("all"));
        return "sent";
      } catch (SqsException e) {
        return e.awsErrorDetails().errorMessage();
      }
    }

    private SqsClient client() {
      return SqsClient.builder()
          .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_SQS")))
          .region(Region.of(environment.get("AWS_REGION")))
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsSessionCredentials.create(
                      environment.get("AWS_ACCESS_KEY_ID"),
                      environment.get("AWS_SECRET_ACCESS_KEY"),
                      environment.get("AWS_SESSION_TOKEN"))))
          .httpClient(UrlConnectionHttpClient.create())
          .build();
    }
  }

  /** Says which messages it got, in their order. */
  public static final class Receiver implements RequestHandler<SQSEvent, String> {
    @Override
    public String handleRequest(SQSEvent event, Context context) {
      return event.getRecords().stream()
          .map(SQSEvent.SQSMessage::getBody)
          .collect(Collectors.joining(","));
    }
  }
}
