package io.roomlog.local.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Queue;
import io.roomlog.local.deployment.Statement;
import io.roomlog.local.deployment.Statement.Effect;
import io.roomlog.local.functions.Credentials;
import io.roomlog.local.functions.Role;
import io.roomlog.local.queues.Queues;
import io.roomlog.local.queues.QueuesServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The queues as two functions see them through the SDK: one that may send and one that may not. */
@Timeout(60)
class SqsPolicyTest {
  private static final String ARN = "arn:aws:sqs:eu-west-1:000000000000:";
  private static final String REFUSAL =
      "User: arn:aws:sts::000000000000:assumed-role/stack-IdleRole/stack-Idle is not authorized to"
          + " perform: sqs:sendmessage on resource: "
          + ARN
          + "jobs.fifo because no identity-based policy allows the sqs:sendmessage action";

  private static final List<Role> ROLES =
      Role.all(
          List.of(
              function("Idle"),
              function(
                  "Sender",
                  new Statement(
                      Effect.ALLOW, List.of("sqs:SendMessage"), List.of(ARN + "jobs.fifo")))));

  private final Queues queues =
      new Queues(
          List.of(
              new Queue("Jobs", "jobs.fifo", ARN + "jobs.fifo"),
              new Queue("Other", "other", ARN + "other")),
          InstantSource.system(),
          new Random(1));
  private final QueuesServer server =
      QueuesServer.start(
          queues,
          behind -> PolicyFront.ofSqs(behind, new Policies(ROLES), "eu-west-1", "000000000000"));
  private final SqsClient idle = client(ROLES.get(0).credentials());
  private final SqsClient sender = client(ROLES.get(1).credentials());

  @AfterEach
  void close() {
    idle.close();
    sender.close();
    server.close();
  }

  @Test
  void whoMaySendSendsOneAndABatch() {
    send(sender, "jobs.fifo");
    assertThat(sendBatch(sender).successful()).hasSize(2);
    assertThat(queues.queue("Jobs").depth().visible()).isEqualTo(3);
  }

  @Test
  void whoMayNotIsRefusedAsSqsRefusesIt() {
    assertThatThrownBy(() -> send(idle, "jobs.fifo"))
        .isInstanceOfSatisfying(SqsException.class, SqsPolicyTest::assertRefused);
    assertThatThrownBy(() -> sendBatch(idle))
        .isInstanceOfSatisfying(SqsException.class, SqsPolicyTest::assertRefused);
    assertThat(queues.queue("Jobs").depth().visible()).isZero();
  }

  private static void assertRefused(SqsException refused) {
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(REFUSAL);
  }

  @Test
  void anotherActionAndAnotherQueueAreRefused() {
    assertThatThrownBy(() -> sender.receiveMessage(r -> r.queueUrl(url("jobs.fifo"))))
        .hasMessageContaining("sqs:receivemessage on resource: " + ARN + "jobs.fifo");
    assertThatThrownBy(() -> send(sender, "other"))
        .hasMessageContaining("sqs:sendmessage on resource: " + ARN + "other");
  }

  @Test
  void whoIsNoFunctionMayDoEverything() {
    try (SqsClient operator = client(new Credentials("operator", "secret", "session"))) {
      send(sender, "jobs.fifo");
      assertThat(operator.receiveMessage(r -> r.queueUrl(url("jobs.fifo"))).messages()).hasSize(1);
    }
  }

  @Test
  void aRefusalIsLoggedWithFunctionActionAndResource() {
    Logger logger = (Logger) LoggerFactory.getLogger(Policies.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      assertThatThrownBy(() -> send(idle, "jobs.fifo")).isInstanceOf(SqsException.class);
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getMessage()).isEqualTo("call_not_allowed");
    assertThat(lines.list.getFirst().getKeyValuePairs())
        .containsExactly(
            new KeyValuePair("function", "Idle"),
            new KeyValuePair("action", "sqs:SendMessage"),
            new KeyValuePair("resource", ARN + "jobs.fifo"));
  }

  private static void send(SqsClient client, String queue) {
    client.sendMessage(
        r ->
            r.queueUrl(url(queue))
                .messageBody("x")
                .messageGroupId("a")
                .messageDeduplicationId("1"));
  }

  private static SendMessageBatchResponse sendBatch(SqsClient client) {
    return client.sendMessageBatch(
        r -> r.queueUrl(url("jobs.fifo")).entries(entry("2"), entry("3")));
  }

  private static SendMessageBatchRequestEntry entry(String id) {
    return SendMessageBatchRequestEntry.builder()
        .id(id)
        .messageBody("x")
        .messageGroupId("a")
        .messageDeduplicationId(id)
        .build();
  }

  /** As {@code Ref} gives it: the SDK's client goes to its endpoint nevertheless. */
  private static String url(String queue) {
    return "https://sqs.eu-west-1.amazonaws.com/000000000000/" + queue;
  }

  private static Function function(String id, Statement... statements) {
    return new Function(
        id,
        "stack-" + id,
        "arn:aws:lambda:eu-west-1:000000000000:function:stack-" + id,
        "io.example.It",
        "it.jar",
        Map.of(),
        Duration.ofSeconds(3),
        128,
        List.of(statements));
  }

  private SqsClient client(Credentials credentials) {
    return SqsClient.builder()
        .endpointOverride(server.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create(
                    credentials.accessKeyId(),
                    credentials.secretAccessKey(),
                    credentials.sessionToken())))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
