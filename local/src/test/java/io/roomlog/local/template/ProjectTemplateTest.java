package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.deployment.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The project's own template, read whole. */
class ProjectTemplateTest {
  private static final Path TEMPLATE = Path.of("..", "template.yaml");

  private static final Map<String, String> ANONYMOUS = Map.of("AnonymousAccess", "true");

  private final Deployment deployment = Template.read(TEMPLATE, ANONYMOUS);

  @Test
  void tablesHaveKeysStreamAndExpiry() {
    assertThat(deployment.tables())
        .containsExactly(
            new Table("RoomsTable", "roomlog-RoomsTable", text("room"), null, null, null),
            new Table(
                "MessagesTable",
                "roomlog-MessagesTable",
                text("room"),
                new Table.Key("position", "N"),
                "NEW_IMAGE",
                "expiresAt"),
            new Table("SendsTable", "roomlog-SendsTable", text("send"), null, null, "expiresAt"),
            new Table(
                "ConnectionsTable", "roomlog-ConnectionsTable", text("pk"), text("sk"), null, "e"));
  }

  private static Table.Key text(String attribute) {
    return new Table.Key(attribute, "S");
  }

  @Test
  void functionsTakeGlobalsAndOverrideThem() {
    Function fanOut = function("FanOutFunction");
    assertThat(fanOut.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(fanOut.memoryMiB()).isEqualTo(1769);
    assertThat(fanOut.environment())
        .containsEntry("LOG_LEVEL", "info")
        .containsEntry("ROOMS_TABLE", "roomlog-RoomsTable")
        .containsEntry(
            "CONNECTIONS_ENDPOINT",
            "https://" + deployment.api().id() + ".execute-api.us-east-1.amazonaws.com/Prod");
    assertThat(function("ConnectFunction").timeout()).isEqualTo(Duration.ofSeconds(29));
    assertThat(function("ConnectFunction").memoryMiB()).isEqualTo(512);
    assertThat(fanOut.arn())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:roomlog-FanOutFunction");
  }

  private Function function(String id) {
    return deployment.functions().stream()
        .filter(each -> each.logicalId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void routesLeadToTheirFunctions() {
    Api api = deployment.api();
    assertThat(api.id()).matches("[a-z0-9]{10}");
    assertThat(api.stage()).isEqualTo("Prod");
    assertThat(api.routeSelectionExpression()).isEqualTo("$request.body.action");
    assertThat(api.routes())
        .containsEntry(
            "$connect", new Api.Route("$connect", "ConnectFunction", "AuthorizerFunction", false))
        .containsEntry(
            "sendmessage", new Api.Route("sendmessage", "SendMessageFunction", null, false));
  }

  @Test
  void aDeploymentThatNobodyCouldConnectToIsRefused() {
    String nobody =
        "Rules: SomebodyMayConnect: Nobody could connect: give TokenIssuer and TokenAudience, or"
            + " AnonymousAccess=true to let everybody in under a name of their own choice."
            + " (give other values with --parameter)";
    assertThat(problems(Map.of())).singleElement().asString().endsWith(nobody);
    assertThat(problems(Map.of("TokenIssuer", "https://issuer.example")))
        .singleElement()
        .asString()
        .endsWith(nobody);
  }

  @Test
  void aDeploymentForTokensAndForAnonymousClientsIsRefused() {
    Map<String, String> both =
        Map.of(
            "AnonymousAccess", "true",
            "TokenIssuer", "https://issuer.example",
            "TokenAudience", "chat");
    assertThat(problems(both))
        .singleElement()
        .asString()
        .contains("OneWayToConnect: AnonymousAccess and TokenIssuer exclude one another");
  }

  @Test
  void anIssuerAndAnAudienceAreEnough() {
    Deployment withTokens =
        Template.read(
            TEMPLATE, Map.of("TokenIssuer", "https://issuer.example", "TokenAudience", "chat"));
    assertThat(
            withTokens.functions().stream()
                .filter(each -> each.logicalId().equals("AuthorizerFunction"))
                .findFirst()
                .orElseThrow()
                .environment())
        .containsEntry("ANONYMOUS_ACCESS", "false")
        .containsEntry("TOKEN_ISSUER", "https://issuer.example")
        .containsEntry("TOKEN_AUDIENCE", "chat")
        .containsEntry("TOKEN_KEYS_URL", "")
        .containsEntry("ALLOWED_ORIGINS", "");
  }

  @Test
  void theStageIsThrottledByParameters() {
    assertThat(deployment.api().throttling()).isEqualTo(new Api.Throttling(10_000, 5_000));
    Map<String, String> slow = new HashMap<>(ANONYMOUS);
    slow.putAll(Map.of("FramesPerSecond", "50", "FramesBurst", "100"));
    assertThat(Template.read(TEMPLATE, slow).api().throttling())
        .isEqualTo(new Api.Throttling(50, 100));
  }

  private static List<String> problems(Map<String, String> parameters) {
    return catchThrowableOfType(TemplateProblems.class, () -> Template.read(TEMPLATE, parameters))
        .problems()
        .stream()
        .map(problem -> problem.render("template.yaml"))
        .toList();
  }

  @Test
  void theStreamIsMappedToTheFanOut() {
    assertThat(deployment.mappings())
        .containsExactly(
            new StreamMapping(
                "MessagesToFanOut",
                "MessagesTable",
                "FanOutFunction",
                "TRIM_HORIZON",
                1_000,
                Duration.ZERO,
                1,
                List.of("{\"eventName\":[\"INSERT\"]}"),
                true,
                true,
                Duration.ofMinutes(1),
                null,
                "GivenUpBatches"));
  }

  @Test
  void whatHasNoEffectIsListed() {
    assertThat(deployment.withoutEffect())
        .contains(
            "GivenUpBatchesAlarm (AWS::CloudWatch::Alarm)",
            "ConnectPermission (AWS::Lambda::Permission)");
    assertThat(deployment.queues())
        .extracting(queue -> queue.arn())
        .containsExactly(
            "arn:aws:sqs:us-east-1:000000000000:roomlog-GivenUpBatches",
            "arn:aws:sqs:us-east-1:000000000000:roomlog-CrowdRanges.fifo",
            "arn:aws:sqs:us-east-1:000000000000:roomlog-GivenUpRanges.fifo");
  }
}
