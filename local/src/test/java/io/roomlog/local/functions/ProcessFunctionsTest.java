package io.roomlog.local.functions;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Functions.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime client has no other library")
class ProcessFunctionsTest {
  private static final Endpoints ENDPOINTS =
      new Endpoints(
          URI.create("http://127.0.0.1:8000"),
          URI.create("http://localhost:3001/Prod"),
          URI.create("http://127.0.0.1:4566"));

  @Test
  void oneAfterTheOtherUsesOneProcessThatIsFrozenBetweenThem() throws Exception {
    try (PooledFunctions functions = functions("Counting")) {
      functions.warm();
      ProcessHandle process = functions.processes("It").getFirst();
      awaitFrozen(process);
      assertThat(functions.invoke("It", "\"a\"")).isEqualTo(counted("a", 1, process));
      awaitFrozen(process);
      assertThat(functions.invoke("It", "\"b\"")).isEqualTo(counted("b", 2, process));
      assertThat(process.pid()).isNotEqualTo(ProcessHandle.current().pid());
    }
  }

  @Test
  void theRuntimeSeesTheFunctionsEnvironmentAndNothingOfTheRuns() throws Exception {
    try (PooledFunctions functions = functions("Showing")) {
      Outcome outcome = functions.invoke("It", "{\"a\":[1]}");
      JsonNode shown = new ObjectMapper().readTree(((Outcome.Returned) outcome).payload());
      assertThat(shown.at("/event/a/0").asInt()).isEqualTo(1);
      assertThat(shown.at("/environment/TABLE").asText()).isEqualTo("messages");
      assertThat(shown.at("/environment/AWS_ACCESS_KEY_ID").asText())
          .isEqualTo("ASIALOCAL00000000000");
      assertThat(shown.at("/environment").has("HOME")).isFalse();
      assertThat(shown.at("/remaining").asInt()).isBetween(1, 20_000);
      assertThat(shown.at("/function").asText()).isEqualTo("stack-It");
      assertThat(shown.at("/arn").asText()).endsWith(":function:stack-It");
    }
  }

  @Test
  void whatTheHandlerThrowsIsAnOutcomeAndItsProcessGoesOn() throws Exception {
    try (PooledFunctions functions = functions("Obedient")) {
      assertThat(functions.invoke("It", "\"throw\""))
          .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException", "as I was told"));
      ProcessHandle process = functions.processes("It").getFirst();
      assertThat(functions.invoke("It", "\"well\"")).isEqualTo(new Outcome.Returned("\"well\""));
      assertThat(functions.processes("It")).containsExactly(process);
    }
  }

  @Test
  void aProcessThatEndsFailsItsInvocationAndTheNextGetsAnother() throws Exception {
    try (PooledFunctions functions = functions("Obedient")) {
      assertThat(functions.invoke("It", "\"exit\""))
          .isEqualTo(new Outcome.Failed("Runtime.ExitError", "Runtime exited with status 7"));
      assertThat(functions.invoke("It", "\"well\"")).isEqualTo(new Outcome.Returned("\"well\""));
    }
  }

  @Test
  void aProcessKilledInTheMiddleFailsItsInvocation() throws Exception {
    try (PooledFunctions functions = functions("Obedient");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      functions.warm();
      Future<Outcome> invocation = callers.submit(() -> functions.invoke("It", "\"stay\""));
      ProcessHandle process = functions.processes("It").getFirst();
      awaitThawed(process);
      process.destroyForcibly();
      assertThat(invocation.get(30, SECONDS))
          .isEqualTo(new Outcome.Failed("Runtime.ExitError", "Runtime exited with status 137"));
    }
  }

  @Test
  void aProcessKilledWhileItIsFrozenIsReplacedUnnoticed() throws Exception {
    try (PooledFunctions functions = functions("Obedient")) {
      functions.warm();
      ProcessHandle process = functions.processes("It").getFirst();
      process.destroyForcibly();
      process.onExit().get(30, SECONDS);
      assertThat(functions.invoke("It", "\"well\"")).isEqualTo(new Outcome.Returned("\"well\""));
      assertThat(functions.processes("It")).doesNotContain(process).hasSize(1);
    }
  }

  @Test
  void aProcessOverItsTimeoutIsKilled() throws Exception {
    try (PooledFunctions functions = functions("Obedient", Duration.ofSeconds(1))) {
      functions.warm();
      ProcessHandle process = functions.processes("It").getFirst();
      assertThat(functions.invoke("It", "\"stay\"")).isEqualTo(new Outcome.TimedOut());
      process.onExit().get(30, SECONDS);
      assertThat(functions.processes("It")).isEmpty();
    }
  }

  @Test
  void anAnswerOf6MegabytesIsTakenAndNoByteMore() throws Exception {
    try (PooledFunctions functions = functions("Obedient")) {
      int quotes = 2;
      int most = RuntimeApi.RESPONSE_BYTES_MAX - quotes;
      assertThat(functions.invoke("It", "\"answer " + most + "\""))
          .isInstanceOf(Outcome.Returned.class);
      assertThat(functions.invoke("It", "\"answer " + (most + 1) + "\""))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.errorType()).isEqualTo("Function.ResponseSizeTooLarge"));
    }
  }

  @Test
  void aConstructorThatThrowsFailsTheInvocationWithItsType() throws Exception {
    try (PooledFunctions functions = functions("Unmade")) {
      assertThat(functions.invoke("It", "\"x\""))
          .isEqualTo(
              new Outcome.Failed("java.lang.IllegalArgumentException", "ROOMS_TABLE is missing"));
      assertThat(functions.processes("It")).isEmpty();
    }
  }

  @Test
  void noProcessStaysBehind() throws Exception {
    ProcessHandle process;
    try (PooledFunctions functions = functions("Counting")) {
      functions.warm();
      process = functions.processes("It").getFirst();
      assertThat(process.isAlive()).isTrue();
    }
    process.onExit().get(30, SECONDS);
  }

  @Test
  void noMoreProcessesStartAtOnceThanMay() throws Exception {
    assertThat(atOnce(1, 3)).isEqualTo(1);
    assertThat(atOnce(2, 3)).isLessThanOrEqualTo(2);
  }

  /** How many of several functions were being started at the same time at most. */
  private static int atOnce(int startsMax, int functions) throws Exception {
    List<Role> roles =
        Role.all(
            IntStream.range(0, functions)
                .mapToObj(i -> function("It" + i, "Slow", "test-classes", Duration.ofSeconds(20)))
                .toList());
    try (PooledFunctions pooled = pooled(roles, Path.of("target"), startsMax)) {
      pooled.warm();
      List<ProcessHandlers.Slow.Span> spans = new ArrayList<>();
      for (int i = 0; i < functions; i++) {
        Outcome outcome = pooled.invoke("It" + i, "\"when\"");
        String[] parts = ((Outcome.Returned) outcome).payload().replace("\"", "").split(" ", 2);
        spans.add(
            new ProcessHandlers.Slow.Span(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
      }
      return spans.stream()
          .mapToInt(span -> (int) spans.stream().filter(span::beginsWithin).count())
          .max()
          .orElseThrow();
    }
  }

  @Test
  void aJarThatIsNotThereIsNamedAtStart() {
    assertThatThrownBy(
            () ->
                functions(
                    function("Counting", "no/such.jar", Duration.ofSeconds(3)),
                    Path.of("target").toAbsolutePath()))
        .isInstanceOf(HandlerMissingException.class)
        .hasMessageContaining("function It")
        .hasMessageEndingWith("no/such.jar: build it with ./mvnw package");
  }

  private static Outcome counted(String event, int call, ProcessHandle process) {
    return new Outcome.Returned("\"%s %d of %d\"".formatted(event, call, process.pid()));
  }

  /** The letter that Linux has for the state of a process; T is stopped. */
  private static char state(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static void awaitFrozen(ProcessHandle process) throws IOException {
    awaitFrozen(process, true);
  }

  private static void awaitThawed(ProcessHandle process) throws IOException {
    awaitFrozen(process, false);
  }

  /** A signal takes its time to reach all threads of a process; the test's own limit bounds it. */
  private static void awaitFrozen(ProcessHandle process, boolean frozen) throws IOException {
    while ((state(process) == 'T') != frozen) {
      Thread.onSpinWait();
    }
  }

  private static PooledFunctions functions(String handler) {
    return functions(handler, Duration.ofSeconds(20));
  }

  private static PooledFunctions functions(String handler, Duration timeout) {
    return functions(function(handler, "test-classes", timeout), Path.of("target"));
  }

  private static PooledFunctions functions(Function function, Path folder) {
    return pooled(Role.all(List.of(function)), folder, 2);
  }

  private static PooledFunctions pooled(List<Role> roles, Path folder, int startsMax) {
    return PooledFunctions.inProcessesOfTheirOwn(
        Deployed.all(roles, ENDPOINTS, "eu-central-1"),
        folder,
        2,
        startsMax,
        InstantSource.system(),
        () -> UUID.randomUUID().toString(),
        FunctionFaults.none());
  }

  private static Function function(String handler, String code, Duration timeout) {
    return function("It", handler, code, timeout);
  }

  private static Function function(String id, String handler, String code, Duration timeout) {
    return new Function(
        id,
        "stack-" + id,
        "arn:aws:lambda:eu-central-1:000000000000:function:stack-" + id,
        "io.roomlog.local.functions.ProcessHandlers$" + handler + "::handleRequest",
        code,
        Map.of("TABLE", "messages"),
        timeout,
        256);
  }
}
