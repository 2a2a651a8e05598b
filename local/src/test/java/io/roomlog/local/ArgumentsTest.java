package io.roomlog.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.roomlog.local.Arguments.Request;
import io.roomlog.local.template.JarHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private final Arguments arguments = new Arguments(Path.of("home/template.yaml"), new Random(1));

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
  void faultsAreTakenWithTheirSharesAndTheSeed() {
    FaultPlan plan =
        run("--fault", "post-gone", "--fault=stream-stall=1", "--fault-seed", "7").options().plan();
    assertThat(plan).isEqualTo(new FaultPlan(Map.of("post-gone", 0.1, "stream-stall", 1.0), 7));
  }

  @Test
  void withoutASeedOneIsDrawn() {
    assertThat(run("--fault=post-gone").options().plan().seed())
        .isEqualTo(new Random(1).nextInt(1_000_000));
  }

  @Test
  void anUnknownFaultIsRefusedWithTheNearestAndTheList() {
    assertThat(arguments.read("--fault=post-gnoe=0.5"))
        .asInstanceOf(type(Request.Misused.class))
        .extracting(Request.Misused::line)
        .asString()
        .contains("'post-gnoe' is no fault; did you mean post-gone? there are post-gone, ")
        .contains("stream-reorder", "table-conflict")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.01", "NaN", "often", ""})
  void aShareBeyondZeroToOneIsRefused(String share) {
    assertThat(arguments.read("--fault=post-gone=" + share))
        .asInstanceOf(type(Request.Misused.class))
        .extracting(Request.Misused::line)
        .asString()
        .contains("the share of post-gone is ", "it must be 0 to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void theLimitsOfAShareAreTaken(String share) {
    assertThat(run("--fault=post-gone=" + share).options().plan().share("post-gone"))
        .isEqualTo(Double.parseDouble(share));
  }

  @Test
  void whereTheLogGoesCanBeChosenOnceTheArgumentsAreRead() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                LogsAfterArguments.class.getName(),
                "--port",
                "0")
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String log = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(log).contains("\"event\":\"logged\"");
    assertThat(out).isEmpty();
  }

  @Test
  void helpNamesEveryOptionAndItsDefault() {
    assertThat(arguments.read("--help"))
        .asInstanceOf(type(Request.Help.class))
        .extracting(Request.Help::text)
        .asString()
        .contains("--port", "3001", "--data", "--template", "--parameter", "--poll", "250")
        .contains("--log-level", "error, warn, info, debug")
        .contains("--functions", "in-process, process", "--help")
        .contains("--fault", "--fault-seed", "table-throttled");
  }

  private Request.Run run(String... words) {
    return (Request.Run) arguments.read(words);
  }
}
