package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Queue;
import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.deployment.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private static final Deployment DEPLOYMENT =
      new Deployment(
          List.of(
              new Table(
                  "Messages",
                  "s-Messages",
                  new Table.Key("room", "S"),
                  new Table.Key("position", "N"),
                  "NEW_IMAGE",
                  null),
              new Table("Sends", "s-Sends", new Table.Key("send", "S"), null, null, "expiresAt")),
          List.of(function("Connect"), function("Send")),
          new Api(
              "abc",
              "Prod",
              "$request.body.action",
              Map.of(
                  "send", new Api.Route("send", "Send", null, true),
                  "$connect", new Api.Route("$connect", "Connect", "Authorize", false))),
          List.of(
              new StreamMapping(
                  "Mapping",
                  "Messages",
                  "FanOut",
                  "TRIM_HORIZON",
                  100,
                  Duration.ZERO,
                  1,
                  List.of(),
                  true,
                  true,
                  null,
                  null,
                  "GivenUp")),
          List.of(new Queue("GivenUp", "s-GivenUp", "arn:aws:sqs:x:0:s-GivenUp")),
          List.of("Alarm (AWS::CloudWatch::Alarm)"));

  @Test
  void whatIsStartedIsShownInTheOrderOfTheDataFlow() {
    assertThat(Display.heading(RunOptions.of(Path.of("template.yaml")), DEPLOYMENT))
        .containsExactly(
            "Roomlog from template.yaml",
            "  tables     Messages [room, position, stream NEW_IMAGE]   (in memory)",
            "             Sends [send, expires by expiresAt]",
            "  functions  Connect [io.example.Connect::handleRequest, 29 s]",
            "             Send [io.example.Send::handleRequest, 29 s]",
            "  routes     $connect → Authorize → Connect",
            "             send → Send → client",
            "  streams    Messages → FanOut [up to 100 records]",
            "  queues     GivenUp",
            "  no effect  Alarm (AWS::CloudWatch::Alarm)");
  }

  @Test
  void whereTheTablesAreKeptIsShown() {
    RunOptions options = RunOptions.of(Path.of("template.yaml")).keptIn(Path.of("my", "data"));
    assertThat(Display.heading(options, DEPLOYMENT)).anyMatch(l -> l.endsWith("(kept in my/data)"));
  }

  @Test
  void theFaultsAndTheirSeedAreShownAtTheStartAndTheirStrikesAtTheEnd() {
    RunOptions options =
        RunOptions.of(Path.of("t.yaml"))
            .struckBy(new FaultPlan(Map.of("table-failed", 0.5, "post-gone", 0.1), 42));
    assertThat(Display.heading(options, DEPLOYMENT))
        .endsWith("  faults     post-gone=0.1, table-failed=0.5, repeated with --fault-seed 42");
    assertThat(Display.struck(Map.of("post-gone", 3L)))
        .containsExactly("Fault post-gone struck 3 times");
    assertThat(Display.struck(Map.of("post-gone", 1L)))
        .containsExactly("Fault post-gone struck 1 time");
  }

  @Test
  void theLineToPasteStandsAlone() {
    assertThat(
            Display.ready(
                Duration.ofMillis(4_240),
                Optional.of("http://localhost:3001/"),
                "ws://localhost:3001/Prod",
                "http://localhost:3001/_roomlog/"))
        .contains("How it is doing: http://localhost:3001/_roomlog/")
        .contains("  npx wscat -c ws://localhost:3001/Prod")
        .contains("  http://localhost:3001/")
        .anyMatch(line -> line.startsWith("Ready after 4.2 s."));
  }

  private static Function function(String id) {
    return new Function(
        id,
        "s-" + id,
        "arn:aws:lambda:x:0:function:s-" + id,
        "io.example." + id + "::handleRequest",
        "it.jar",
        Map.of(),
        Duration.ofSeconds(29),
        512);
  }
}
