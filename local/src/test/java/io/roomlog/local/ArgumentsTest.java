package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.roomlog.local.Arguments.Request;
import io.roomlog.local.template.JarHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private final Arguments arguments = new Arguments(Path.of("home/template.yaml"));

  @Test
  void nothingMeansTheHomesTemplateInMemoryAtLambdasPace() {
    Request.Run run = run();
    assertThat(run.logLevel()).isEqualTo(LogLevel.WARN);
    assertThat(run.options().template()).isEqualTo(Path.of("home/template.yaml"));
    assertThat(run.options().mode()).isEqualTo(FunctionMode.IN_PROCESS);
    assertThat(run.options().port()).isEqualTo(3001);
    assertThat(run.options().dataFolder()).isEmpty();
    assertThat(run.options().poll()).isEqualTo(Duration.ofMillis(250));
    assertThat(run.options().parameters()).isEmpty();
  }

  @Test
  void theFunctionsCodeIsLookedAtBeforeAnythingStarts() {
    assertThat(run().options().handlers()).isInstanceOf(JarHandlers.class);
  }

  @Test
  void everyOptionIsRead() {
    Request.Run run =
        run(
            "--port=0",
            "--data",
            "d",
            "--template",
            "t.yaml",
            "--parameter",
            "A=1",
            "--parameter=B=x=y",
            "--poll",
            "10",
            "--log-level",
            "Debug",
            "--functions",
            "process");
    assertThat(run.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(run.options().mode()).isEqualTo(FunctionMode.PROCESS);
    assertThat(run.options().template()).isEqualTo(Path.of("t.yaml"));
    assertThat(run.options().port()).isZero();
    assertThat(run.options().dataFolder()).contains(Path.of("d"));
    assertThat(run.options().poll()).isEqualTo(Duration.ofMillis(10));
    assertThat(run.options().parameters()).isEqualTo(Map.of("A", "1", "B", "x=y"));
  }

  @ParameterizedTest
  @CsvSource({"--port,0", "--port,65535", "--poll,1", "--poll,60000"})
  void theLimitsThemselvesAreTaken(String option, String value) {
    assertThat(arguments.read(option, value)).isInstanceOf(Request.Run.class);
  }

  @ParameterizedTest
  @CsvSource({
    "--port,-1,0 to 65535",
    "--port,65536,0 to 65535",
    "--port,http,0 to 65535",
    "--poll,0,1 to 60000",
    "--poll,60001,1 to 60000",
  })
  void whatIsBeyondALimitIsRefusedWithTheLimit(String option, String value, String limits) {
    assertThat(arguments.read(option + "=" + value))
        .isEqualTo(
            new Request.Misused(
                "Invalid value for option '%s': '%s' is no whole number from %s; see --help"
                    .formatted(option, value, limits)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--log-level=loud", "--prot=1", "--port=x", "--parameter=A", "stray"})
  void whatMakesNoSenseIsRefusedInOneLineThatNamesIt(String argument) {
    assertThat(arguments.read(argument))
        .asInstanceOf(type(Request.Misused.class))
        .extracting(Request.Misused::line)
        .asString()
        .contains(argument.replaceAll("^.*=|^--", ""))
        .endsWith("; see --help")
        .doesNotContain("\n");
  }

  @Test
  void helpNamesEveryOptionAndItsDefault() {
    assertThat(arguments.read("--help"))
        .asInstanceOf(type(Request.Help.class))
        .extracting(Request.Help::text)
        .asString()
        .contains("--port", "3001", "--data", "--template", "--parameter", "--poll", "250")
        .contains("--log-level", "error, warn, info, debug")
        .contains("--functions", "in-process, process", "--help");
  }

  private Request.Run run(String... words) {
    return (Request.Run) arguments.read(words);
  }
}
