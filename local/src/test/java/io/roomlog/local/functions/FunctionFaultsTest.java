package io.roomlog.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomlog.local.FunctionMode;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Functions.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class FunctionFaultsTest {

  private final FunctionFaults killing = always(FunctionFault.FUNCTION_KILLED);
  private final FunctionFaults freezing = always(FunctionFault.FUNCTION_FROZEN);

  private static FunctionFaults always(FunctionFault fault) {
    return new FunctionFaults(Map.of(fault, 1.0), new Random(1));
  }

  @ParameterizedTest
  @EnumSource(FunctionMode.class)
  void whatIsKilledInTheMiddleHasNoAnswerAndMakesRoomForAnother(FunctionMode mode)
      throws Exception {
    try (PooledFunctions functions = functions(mode, killing)) {
      functions.warm();
      for (int i = 1; i <= 2; i++) {
        assertThat(functions.invoke("It", "\"stay\""))
            .isEqualTo(new Outcome.Failed("Runtime.ExitError", "Runtime exited with status 137"));
        assertThat(functions.environments("It")).isZero();
      }
      assertThat(killing.strikes(FunctionFault.FUNCTION_KILLED)).isPositive();
      assertThat(killing.strikes(FunctionFault.FUNCTION_FROZEN)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(FunctionMode.class)
  void whatIsFrozenInTheMiddleStillAnswers(FunctionMode mode) throws Exception {
    try (PooledFunctions functions = functions(mode, freezing)) {
      functions.warm();
      for (int i = 0; i < 20 && freezing.strikes(FunctionFault.FUNCTION_FROZEN) == 0; i++) {
        assertThat(functions.invoke("It", "\"answer\""))
            .isEqualTo(new Outcome.Returned("\"answer\""));
      }
      assertThat(functions.environments("It")).isEqualTo(1);
    }
  }

  @Test
  void theSameSeedStrikesAlike() {
    FunctionFaults one = half(7);
    FunctionFaults other = half(7);
    for (int i = 0; i < 100; i++) {
      assertThat(one.onInvocation()).isEqualTo(other.onInvocation());
    }
    assertThat(FunctionFaults.none().onInvocation()).isEmpty();
  }

  private static FunctionFaults half(long seed) {
    return new FunctionFaults(
        Map.of(FunctionFault.FUNCTION_KILLED, 0.3, FunctionFault.FUNCTION_FROZEN, 0.3),
        new Random(seed));
  }

  private static PooledFunctions functions(FunctionMode mode, FunctionFaults faults) {
    Function function =
        new Function(
            "It",
            "stack-It",
            "arn:aws:lambda:eu-central-1:000000000000:function:stack-It",
            "io.roomlog.local.functions.ProcessHandlers$Obedient::handleRequest",
            "test-classes",
            Map.of(),
            Duration.ofSeconds(60),
            256);
    Endpoints endpoints =
        new Endpoints(
            URI.create("http://127.0.0.1:8000"),
            URI.create("http://localhost:3001/Prod"),
            URI.create("http://127.0.0.1:4566"));
    List<Deployed> deployed = Deployed.all(Role.all(List.of(function)), endpoints, "eu-central-1");
    return switch (mode) {
      case IN_PROCESS ->
          PooledFunctions.inProcess(
              deployed,
              1,
              FunctionFaultsTest.class.getClassLoader(),
              InstantSource.system(),
              () -> UUID.randomUUID().toString(),
              faults);
      case PROCESS -> {
        assumeTrue(OS.LINUX.isCurrentOs(), "AWS's runtime client has no library but Linux's");
        yield PooledFunctions.inProcessesOfTheirOwn(
            deployed,
            Path.of("target"),
            1,
            1,
            InstantSource.system(),
            () -> UUID.randomUUID().toString(),
            faults);
      }
    };
  }
}
