package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The template against the schemas of CloudFormation's resource types, as AWS's CDK ships them. It
 * is the same where functions run, so it is done once.
 */
@EnabledIf("io.roomlog.tests.world.World#inThisProcess")
class TemplateSchemasIT {

  private static final Path HOME = Path.of("template-schemas");
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;

  private record Ended(int status, String output) {}

  @BeforeAll
  static void install() throws Exception {
    if (!Files.exists(HOME.resolve("node_modules"))) {
      Ended npm = run(List.of("npm", "ci"), HOME);
      assertThat(npm.status()).as(npm.output()).isZero();
    }
  }

  @Test
  void theTemplateIsAsTheSchemasWantIt() throws Exception {
    Ended check = check(World.TEMPLATE);
    assertThat(check.status()).as(check.output()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RetentionInDays:|RetentionDays:|FunctionsLog has no property RetentionDays",
        "BatchSize: 1000|BatchSize: many|MessagesToFanOut.BatchSize is no number",
        "StageName: Prod|Description: Prod|Stage lacks StageName",
        "AWS::Logs::LogGroup|AWS::Logs::Group|there is no resource type AWS::Logs::Group",
        "CrowdRanges.QueueName}|CrowdRanges.Name}|AWS::SQS::Queue has no attribute Name",
        "ApplyOn:|Apply:|Globals.Function.SnapStart lacks ApplyOn"
      })
  void whatTheSchemasDoNotKnowIsTold(String right, String wrong, String told) throws Exception {
    String template = Files.readString(World.TEMPLATE);
    assertThat(template).contains(right);
    Path changed = folder.resolve("template.yaml");
    Files.writeString(changed, template.replace(right, wrong));
    Ended check = check(changed);
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.output()).contains(told);
  }

  private static Ended check(Path template) throws IOException, InterruptedException {
    String file = template.toAbsolutePath().normalize().toString();
    return run(List.of("node", "check.mjs", file), HOME);
  }

  private static Ended run(List<String> command, Path home)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("template-schemas", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within " + LIMIT);
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
