package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit at n and at n + 1. */
class TemplateLimitsTest {
  private static final String API =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties:
            Name: chat
            ProtocolType: WEBSOCKET
            RouteSelectionExpression: $request.body.action
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties: { ApiId: !Ref Api, StageName: Prod, AutoDeploy: true }
      """;

  /** The API and its stage. */
  private static final int API_RESOURCES = 2;

  private static final String STREAM =
      """
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{ AttributeName: room, AttributeType: S }]
            KeySchema: [{ AttributeName: room, KeyType: HASH }]
            StreamSpecification: { StreamViewType: NEW_IMAGE }
        Push:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: java25
            CodeUri: sample.jar
            Handler: Sample
            Policies: AWSLambdaDynamoDBExecutionRole
            %s
        Mapping:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            EventSourceArn: !GetAtt Table.StreamArn
            FunctionName: !Ref Push
            StartingPosition: TRIM_HORIZON
            %s
      """;

  @TempDir Path folder;

  private List<String> problems(String template) throws IOException {
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, template);
    TemplateProblems problems =
        catchThrowableOfType(TemplateProblems.class, () -> Template.read(file, Map.of()));
    return problems == null ? List.of() : problems.problems().stream().map(Problem::what).toList();
  }

  private static String repeat(int times, String line) {
    return IntStream.range(0, times).mapToObj(i -> line.formatted(i)).collect(Collectors.joining());
  }

  @Test
  void resources() throws IOException {
    String queue = "  Queue%d: { Type: AWS::SQS::Queue }\n";
    int most = ResourceSection.RESOURCES_MAX - API_RESOURCES;
    assertThat(problems(API + repeat(most, queue))).isEmpty();
    assertThat(problems(API + repeat(most + 1, queue)))
        .containsExactly("501 resources; the limit is 500");
  }

  @Test
  void parameters() throws IOException {
    String parameter = "  P%d: { Type: String, Default: a }\n";
    String before = "Parameters:\n";
    assertThat(problems(before + repeat(Parameters.PARAMETERS_MAX, parameter) + API)).isEmpty();
    assertThat(problems(before + repeat(Parameters.PARAMETERS_MAX + 1, parameter) + API))
        .containsExactly("201 parameters; the limit is 200");
  }

  @Test
  void outputs() throws IOException {
    String output = "  O%d: { Value: !Ref Api }\n";
    assertThat(problems(API + "Outputs:\n" + repeat(Outputs.OUTPUTS_MAX, output))).isEmpty();
    assertThat(problems(API + "Outputs:\n" + repeat(Outputs.OUTPUTS_MAX + 1, output)))
        .containsExactly("201 outputs; the limit is 200");
  }

  @Test
  void bytes() throws IOException {
    int fill = YamlReader.TEMPLATE_BYTES_MAX - API.length() - 1;
    assertThat(problems(API + "#" + "x".repeat(fill))).isEmpty();
    assertThat(problems(API + "#" + "x".repeat(fill + 1)))
        .containsExactly("the file has 1048577 bytes; the limit is 1048576");
  }

  @Test
  void logicalIds() throws IOException {
    String queue = ": { Type: AWS::SQS::Queue }\n";
    assertThat(problems(API + "  " + "Q".repeat(255) + queue)).isEmpty();
    assertThat(problems(API + "  " + "Q".repeat(256) + queue))
        .containsExactly("a logical id is 1-255 letters and digits");
  }

  @Test
  void environment() throws IOException {
    String variables = "Environment: { Variables: { NAME: %s } }";
    int most = EnvironmentCheck.ENVIRONMENT_BYTES_MAX - "NAME".length();
    assertThat(problems(stream(variables.formatted("x".repeat(most)), ""))).isEmpty();
    assertThat(problems(stream(variables.formatted("x".repeat(most + 1)), "")))
        .containsExactly("Environment has 4097 bytes; the limit is 4096");
  }

  private static String stream(String function, String mapping) {
    return API + STREAM.formatted(function, mapping);
  }

  @Test
  void filters() throws IOException {
    String filter = "{ Pattern: '{\"a\":[%d]}' }, ";
    String filters = "FilterCriteria: { Filters: [%s] }";
    assertThat(problems(stream("", filters.formatted(repeat(MappingParts.FILTERS_MAX, filter)))))
        .isEmpty();
    assertThat(
            problems(stream("", filters.formatted(repeat(MappingParts.FILTERS_MAX + 1, filter)))))
        .containsExactly("FilterCriteria has 6 filters; the limit is 5");
  }

  @Test
  void combinedConditions() throws IOException {
    String before = "Conditions:\n  Always: !Equals [a, a]\n  All: !And [%s]\n";
    String each = "!Condition Always, ";
    assertThat(problems(before.formatted(repeat(Logic.COMBINED_MAX, each)) + API)).isEmpty();
    assertThat(problems(before.formatted(repeat(Logic.COMBINED_MAX + 1, each)) + API))
        .containsExactly("Fn::And takes a list of 2 to 10");
    assertThat(problems(before.formatted(repeat(Logic.COMBINED_MIN - 1, each)) + API))
        .containsExactly("Fn::And takes a list of 2 to 10");
  }

  @Test
  void globalIndexes() throws IOException {
    assertThat(problems(indexed("Global", IndexReader.GLOBAL_MAX, "HASH"))).isEmpty();
    assertThat(problems(indexed("Global", IndexReader.GLOBAL_MAX + 1, "HASH")))
        .containsExactly("GlobalSecondaryIndexes has 21 indexes; the limit is 20");
  }

  private static String indexed(String kind, int amount, String key) {
    String index =
        "{ IndexName: index-%d, KeySchema: [{ AttributeName: room, KeyType: "
            + key
            + " }], Projection: { ProjectionType: ALL } }, ";
    return API
        + STREAM
            .formatted("", "")
            .replace(
                "      StreamSpecification",
                "      "
                    + kind
                    + "SecondaryIndexes: ["
                    + repeat(amount, index)
                    + "]\n      StreamSpecification");
  }

  @ParameterizedTest
  @CsvSource({
    "BatchSize, 1, 10000",
    "MaximumBatchingWindowInSeconds, 0, 300",
    "ParallelizationFactor, 1, 10",
    "MaximumRecordAgeInSeconds, 60, 604800",
    "MaximumRetryAttempts, -1, 10000",
  })
  void numbersOfAMapping(String property, int least, int most) throws IOException {
    for (int good : new int[] {least, most}) {
      assertThat(problems(stream("", property + ": " + good))).isEmpty();
    }
    for (int bad : new int[] {least - 1, most + 1}) {
      assertThat(problems(stream("", property + ": " + bad)))
          .containsExactly(property + " is \"" + bad + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"Timeout, 1, 900", "MemorySize, 128, 10240"})
  void numbersOfAFunction(String property, int least, int most) throws IOException {
    for (int good : new int[] {least, most}) {
      assertThat(problems(stream(property + ": " + good, ""))).isEmpty();
    }
    for (int bad : new int[] {least - 1, most + 1}) {
      assertThat(problems(stream(property + ": " + bad, "")))
          .containsExactly(property + " is \"" + bad + "\"");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("none.yaml");
    assertThatCode(() -> Template.read(file, Map.of()))
        .isInstanceOf(TemplateProblems.class)
        .hasMessage(file + ": template: there is no such file (name one with --template FILE)");
  }
}
