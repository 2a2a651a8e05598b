package io.roomlog.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The functions of the template small.yaml. */
public final class SmallHandlers {
  /** What the batches that have ended saw: {@code done} or {@code interrupted}. */
  static final BlockingQueue<String> ENDED = new LinkedBlockingQueue<>();

  /** Takes a permit from here for each batch that begins. */
  static final Semaphore BEGUN = new Semaphore(0);

  /** A batch ends when it gets a permit. */
  static final Semaphore MAY_END = new Semaphore(0);

  private SmallHandlers() {}

  /** Lets everybody in. */
  public static final class Connect
      implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      return Map.of("statusCode", 200);
    }
  }

  /** Stays until it is let go. */
  public static final class Batch implements RequestHandler<DynamodbEvent, String> {
    @Override
    public String handleRequest(DynamodbEvent event, Context context) {
      BEGUN.release();
      try {
        MAY_END.acquire();
        ENDED.add("done");
      } catch (InterruptedException e) {
        ENDED.add("interrupted");
        Thread.currentThread().interrupt();
      }
      return "";
    }
  }

  /** Looks at a table, and says whether it could. */
  public static final class Disconnect implements RequestHandler<Map<String, Object>, String> {
    /** What looking came to, once for each connection that has ended. */
    static final BlockingQueue<String> LOOKED = new LinkedBlockingQueue<>();

    private final Map<String, String> environment;

    public Disconnect(Map<String, String> environment) {
      this.environment = environment;
    }

    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
      try (DynamoDbClient client = client()) {
        String status =
            client
                .describeTable(r -> r.tableName(environment.get("ITEMS")))
                .table()
                .tableStatusAsString();
        LOOKED.add(status);
        return status;
      }
    }

    private DynamoDbClient client() {
      return DynamoDbClient.builder()
          .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
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
}
