package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.deployment.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The project's own template, read whole. */
class ProjectTemplateTest {
  private static final Path TEMPLATE = Path.of("..", "template.yaml");

  private final Deployment deployment = Template.read(TEMPLATE, Map.of());

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
                "ConnectionsTable",
                "roomlog-ConnectionsTable",
                text("pk"),
                text("sk"),
                null,
                "expiresAt"));
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
  void theStreamIsMappedToTheFanOut() {
    assertThat(deployment.mappings())
        .containsExactly(
            new StreamMapping(
                "MessagesToFanOut",
                "MessagesTable",
                "FanOutFunction",
                "TRIM_HORIZON",
                100,
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
        .singleElement()
        .satisfies(
            queue ->
                assertThat(queue.arn())
                    .isEqualTo("arn:aws:sqs:us-east-1:000000000000:roomlog-GivenUpBatches"));
  }
}
