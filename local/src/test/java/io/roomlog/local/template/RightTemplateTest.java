package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Queue;
import io.roomlog.local.deployment.QueueMapping;
import io.roomlog.local.deployment.Statement;
import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.deployment.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template that uses all that the local run reads. */
class RightTemplateTest {
  private static final Path FILE =
      Path.of("src", "test", "resources", "templates", "right", "everything.yaml");
  private static final String ACCOUNT = "us-east-1:000000000000:";

  @TempDir static Path jars;

  @BeforeAll
  static void packageHandlers() throws IOException {
    SampleJar.write(jars);
  }

  private static Deployment read(Map<String, String> parameters) {
    return Template.read(
        FILE,
        parameters,
        (code, handler) -> new JarHandlers().check(jars.resolve(code.getFileName()), handler));
  }

  private final Deployment test = read(Map.of());
  private final Deployment production = read(Map.of("Kind", "production"));

  @Test
  void aTableHasItsIndexesStreamAndExpiry() {
    Table.Key room = new Table.Key("room", "S");
    Table.Key sender = new Table.Key("sender", "S");
    assertThat(test.tables())
        .containsExactly(
            new Table(
                "Messages",
                "roomlog-messages-test",
                room,
                new Table.Key("position", "N"),
                "NEW_AND_OLD_IMAGES",
                "expiresAt",
                List.of(
                    new Table.Index("by-sender", true, List.of(sender), "INCLUDE", List.of("data")),
                    new Table.Index(
                        "in-room-by-sender",
                        false,
                        List.of(room, sender),
                        "KEYS_ONLY",
                        List.of()))));
  }

  @Test
  void aConditionChangesWhatIsMadeAndHow() {
    assertThat(production.tables().getFirst().name()).isEqualTo("roomlog-messages-production");
    assertThat(production.tables().getFirst().ttl()).isEmpty();
    assertThat(names(production)).contains("only");
    assertThat(names(test)).doesNotContain("only");
  }

  private static List<String> names(Deployment deployment) {
    return deployment.queues().stream().map(Queue::name).toList();
  }

  @Test
  void queuesHaveTheirKindTimesAndDeadLetters() {
    assertThat(test.queues())
        .contains(
            new Queue(
                "Crowds",
                "roomlog-Crowds.fifo",
                "arn:aws:sqs:" + ACCOUNT + "roomlog-Crowds.fifo",
                "https://sqs.us-east-1.amazonaws.com/000000000000/roomlog-Crowds.fifo",
                true,
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofDays(4),
                new Queue.Redrive("DeadCrowds", 3)),
            new Queue("GivenUp", "roomlog-GivenUp", "arn:aws:sqs:" + ACCOUNT + "roomlog-GivenUp"));
    assertThat(names(test)).contains("dead.fifo");
  }

  @Test
  void aRouteWithAResponseIsTwoWay() {
    Api api = test.api();
    assertThat(api.stage()).isEqualTo("v1");
    assertThat(api.throttling()).isEqualTo(new Api.Throttling(50.5, 100));
    assertThat(api.routes())
        .containsOnly(
            Map.entry("$connect", new Api.Route("$connect", "Answer", "Answer", false)),
            Map.entry("send", new Api.Route("send", "Answer", null, true)));
  }

  @Test
  void everyFunctionOfTheTemplateLanguageGivesItsValue() {
    Function answer = test.functions().getFirst();
    assertThat(answer.environment())
        .containsOnly(
            Map.entry("SHARED", "global"),
            Map.entry("OVERRIDDEN", "own"),
            Map.entry("LITERAL", "${!Name} is ${AWS::Region}"),
            Map.entry("SUBSTITUTED", "${Name} is us-east-1"),
            Map.entry("SECOND", "bob"),
            Map.entry("LEVELS", "debug,info"),
            Map.entry("SPLIT", "one"),
            Map.entry("ENCODED", "cm9vbQ=="),
            Map.entry("QUEUE", "https://sqs.us-east-1.amazonaws.com/000000000000/roomlog-GivenUp"),
            Map.entry("ROLE", "arn:aws:iam::000000000000:role/roomlog-AnswerRole"));
    assertThat(answer.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(answer.memoryMiB()).isEqualTo(1769);
  }

  @Test
  void policiesBecomeStatements() {
    assertThat(test.functions().getFirst().statements())
        .containsExactly(
            new Statement(
                Statement.Effect.ALLOW,
                List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
                List.of("*")),
            new Statement(Statement.Effect.DENY, List.of("sqs:DeleteQueue"), List.of("*")));
    assertThat(test.functions().getLast().statements().getLast())
        .isEqualTo(
            new Statement(
                Statement.Effect.ALLOW,
                List.of("sqs:SendMessage"),
                List.of("arn:aws:sqs:" + ACCOUNT + "roomlog-GivenUp")));
  }

  @Test
  void aStreamMappingTakesTheOutermostValues() {
    assertThat(test.mappings())
        .containsExactly(
            new StreamMapping(
                "PushMapping",
                "Messages",
                "Push",
                "LATEST",
                10_000,
                Duration.ofMinutes(5),
                10,
                List.of(
                    "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"NewImage\":{\"room\":"
                        + "{\"S\":[{\"prefix\":\"a\"}]}}}}"),
                false,
                false,
                Duration.ofMinutes(1),
                10_000,
                "GivenUp"));
  }

  @Test
  void aQueueIsMappedToo() {
    assertThat(test.queueMappings())
        .containsExactly(
            new QueueMapping(
                "CrowdMapping", "Crowds", "Answer", 10, Duration.ZERO, List.of(), true, 2));
  }

  @Test
  void whatHasNoEffectIsListed() {
    assertThat(test.withoutEffect())
        .containsExactly(
            "Deployment (AWS::ApiGatewayV2::Deployment)",
            "AliasPermission (AWS::Lambda::Permission)",
            "AuthorizerPermission (AWS::Lambda::Permission)",
            "SwitchedOff (AWS::Lambda::EventSourceMapping, Enabled is false)",
            "Logs (AWS::Logs::LogGroup)",
            "Dashboard (AWS::CloudWatch::Dashboard)",
            "Domain (AWS::ApiGatewayV2::DomainName)",
            "DomainMapping (AWS::ApiGatewayV2::ApiMapping)",
            "Topic (AWS::SNS::Topic)");
  }
}
