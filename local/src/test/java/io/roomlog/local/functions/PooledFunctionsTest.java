package io.roomlog.local.functions;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.functions.SampleHandlers.Held;
import io.roomlog.local.functions.SampleHandlers.SlowStarter;
import io.roomlog.local.functions.SampleHandlers.Stuck;
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
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PooledFunctionsTest {
  private static final Endpoints ENDPOINTS =
      new Endpoints(
          URI.create("http://127.0.0.1:8000"),
          URI.create("http://localhost:3001/Prod"),
          URI.create("http://127.0.0.1:4566"));

  private static final String ELSEWHERE =
      """
      public class Elsewhere {
        public String handle(String name) {
          return name + " from elsewhere";
        }
      }
      """;

  @Test
  void aWebSocketEventIsReadAndAnsweredThroughLambdasOwnSerializer() throws Exception {
    String event =
        """
        {"requestContext": {"stage": "Prod", "connectedAt": 1700000000000, "routeKey": "x"},
         "body": "hello", "isBase64Encoded": false}\
        """;
    assertThat(invoke("Frame::handleRequest", event))
        .isEqualTo(
            new Outcome.Returned(
                "{\"isBase64Encoded\":false,\"statusCode\":200,"
                    + "\"body\":\"hello Prod messages stack-It\"}"));
  }

  @Test
  void aStreamEventIsReadWithItsCapitalNames() throws Exception {
    String event =
        """
        {"Records": [{"eventID": "1", "eventName": "INSERT", "dynamodb": {
          "ApproximateCreationDateTime": 1.7E9, "SequenceNumber": "100",
          "NewImage": {"room": {"S": "lobby"}}, "StreamViewType": "NEW_IMAGE"}}]}\
        """;
    assertThat(invoke("Stream::handleRequest", event))
        .isEqualTo(
            new Outcome.Returned(
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"100/{room={S: lobby,}}\"}]}"));
  }

  @Test
  void aMapIsReadByThePojoSerializer() throws Exception {
    assertThat(invoke("AnyJson::handleRequest", "{\"a\":[1,{\"b\":2.5}]}"))
        .isEqualTo(new Outcome.Returned("{\"seen\":{\"a\":[1,{\"b\":2.5}]}}"));
  }

  @Test
  void aClassAloneMeansHandleRequest() throws Exception {
    assertThat(invoke("AnyJson", "{}")).isEqualTo(new Outcome.Returned("{\"seen\":{}}"));
  }

  @Test
  void aStreamHandlerGetsTheBytes() throws Exception {
    assertThat(invoke("Bytes::handleRequest", "{\"ü\":1}"))
        .isEqualTo(new Outcome.Returned("streamed {\"ü\":1}"));
  }

  @Test
  void theMethodThatEndsInAContextGoesFirst() throws Exception {
    assertThat(invoke("Plain::greet", "\"ann\"")).isEqualTo(new Outcome.Returned("\"hello ann\""));
  }

  @Test
  void aMethodWithoutResultAnswersNull() throws Exception {
    assertThat(invoke("Plain::nothing", "\"ann\"")).isEqualTo(new Outcome.Returned("null"));
  }

  @Test
  void whatAHandlerThrowsIsAnOutcome() throws Exception {
    assertThat(invoke("Failing::handleRequest", "\"way\""))
        .isEqualTo(new Outcome.Failed("java.lang.UnsupportedOperationException", "no way"));
  }

  @Test
  void anEventThatTheHandlerCannotReadIsAFailureOfTheInvocation() throws Exception {
    assertThat(invoke("Frame::handleRequest", "[1]")).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aConstructorThatThrowsIsTriedAgainWithTheNextInvocation() throws Exception {
    SlowStarter.ATTEMPTS.set(0);
    try (PooledFunctions functions = functions(1, function("SlowStarter::handleRequest"))) {
      assertThat(functions.invoke("It", "\"one\""))
          .isEqualTo(
              new Outcome.Failed("java.lang.IllegalArgumentException", "ROOMS_TABLE is missing"));
      assertThat(functions.invoke("It", "\"two\"")).isEqualTo(new Outcome.Returned("\"two\""));
    }
  }

  @Test
  void warmingInitializesOnceAndSurvivesAFailure() throws Exception {
    SlowStarter.ATTEMPTS.set(0);
    try (PooledFunctions functions = functions(1, function("SlowStarter::handleRequest"))) {
      functions.warm();
      assertThat(SlowStarter.ATTEMPTS).hasValue(1);
      functions.warm();
      functions.invoke("It", "\"one\"");
      assertThat(SlowStarter.ATTEMPTS).hasValue(2);
    }
  }

  @Test
  void concurrentRequestsGetEnvironmentsOfTheirOwnUpToTheLimitAndThenWait() throws Exception {
    Held.LET_GO.drainPermits();
    Held.BUSY.clear();
    try (PooledFunctions functions = functions(2, function("Held::handleRequest"));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> answers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        answers.add(callers.submit(() -> functions.invoke("It", "\"x\"")));
      }
      Held one = Held.BUSY.poll(10, SECONDS);
      Held two = Held.BUSY.poll(10, SECONDS);
      assertThat(one).isNotNull().isNotSameAs(two);
      assertThat(Held.BUSY).as("the third waits").isEmpty();
      Held.LET_GO.release();
      assertThat(Held.BUSY.poll(10, SECONDS)).as("it reuses one of the two").isIn(one, two);
      Held.LET_GO.release(2);
      for (Future<Outcome> answer : answers) {
        assertThat(answer.get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
      }
      assertThat(functions.environments("It")).isEqualTo(2);
    }
  }

  @Test
  void oneAfterTheOtherUsesOneEnvironmentOnOneThread() throws Exception {
    Held.LET_GO.release(2);
    try (PooledFunctions functions = functions(8, function("Held::handleRequest"))) {
      assertThat(functions.invoke("It", "\"x\"")).isEqualTo(functions.invoke("It", "\"x\""));
      assertThat(functions.environments("It")).isEqualTo(1);
    }
  }

  @Test
  void anInvocationOverItsTimeoutIsInterruptedAndItsEnvironmentDiscarded() throws Exception {
    Function stuck = function("Stuck::handleRequest", Duration.ofMillis(300));
    try (PooledFunctions functions = functions(1, stuck)) {
      functions.warm();
      assertThat(functions.invoke("It", "\"stay\"")).isEqualTo(new Outcome.TimedOut());
      assertThat(Stuck.INTERRUPTED.await(10, SECONDS)).isTrue();
      assertThat(Stuck.REMAINING_MILLIS.poll(10, SECONDS)).isBetween(1, 300);
      assertThat(functions.environments("It")).isZero();
      assertThat(functions.invoke("It", "\"pass\"")).isEqualTo(new Outcome.Returned("\"passed\""));
    }
  }

  @Test
  void aCallerThatGivesUpLeavesTheInvocationRunning() throws Exception {
    Held.LET_GO.drainPermits();
    Held.BUSY.clear();
    try (PooledFunctions functions = functions(1, function("Held::handleRequest"));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> first = callers.submit(() -> functions.invoke("It", "\"x\""));
      assertThat(Held.BUSY.poll(10, SECONDS)).isNotNull();
      first.cancel(true);
      Future<Outcome> second = callers.submit(() -> functions.invoke("It", "\"x\""));
      assertThat(Held.BUSY).as("the only environment is still busy").isEmpty();
      Held.LET_GO.release(2);
      assertThat(second.get(10, SECONDS)).isInstanceOf(Outcome.Returned.class);
    }
  }

  @Test
  void aMissingClassIsNamedWithItsFunctionAtStart() {
    assertThatThrownBy(() -> functions(1, function("Nowhere::handleRequest")))
        .isInstanceOf(HandlerMissingException.class)
        .hasMessage(
            "function It: handler io.roomlog.local.functions.SampleHandlers$Nowhere::handleRequest:"
                + " there is no class io.roomlog.local.functions.SampleHandlers$Nowhere, neither on"
                + " the class path nor in target/it.jar");
  }

  @Test
  void aClassThatOnlyTheFunctionsCodeHasIsFoundThere(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Elsewhere.java"), ELSEWHERE);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertThat(failed).isZero();
    Function function = coded("Elsewhere::handle", folder.toString());
    ClassLoader classes =
        FunctionCode.behind(
            PooledFunctionsTest.class.getClassLoader(), List.of(function), Path.of(""));
    try (PooledFunctions functions = functions(1, function, classes)) {
      assertThat(functions.invoke("It", "\"ann\""))
          .isEqualTo(new Outcome.Returned("\"ann from elsewhere\""));
    }
  }

  @Test
  void aMissingMethodIsNamedWithItsFunctionAtStart() {
    assertThatThrownBy(() -> functions(1, function("Frame::handle")))
        .hasMessageContaining("function It")
        .hasMessageEndingWith("there is no public method handle");
  }

  @Test
  void aMethodThatLambdaWouldNotCallIsRefusedAtStart() {
    assertThatThrownBy(() -> functions(1, function("Plain::two")))
        .hasMessageContaining("takes neither an event and a Context nor");
  }

  @Test
  void anUnknownFunctionIsTheCallersMistake() {
    try (PooledFunctions functions = functions(1, function("AnyJson"))) {
      assertThatThrownBy(() -> functions.invoke("Other", "{}"))
          .hasMessage("function Other is not in the deployment, which has [It]");
    }
  }

  @Test
  void eachFunctionHasItsOwnAccessKeyAndWhatLambdaAdds() {
    List<Role> roles = Role.all(List.of(function("AnyJson"), function("Frame")));
    assertThat(roles)
        .extracting(role -> role.credentials().accessKeyId())
        .containsExactly("ASIALOCAL00000000000", "ASIALOCAL00000000001");
    assertThat(Deployed.all(roles, ENDPOINTS, "eu-central-1").get(1).variables())
        .containsEntry("TABLE", "messages")
        .containsEntry("AWS_REGION", "eu-central-1")
        .containsEntry("AWS_ACCESS_KEY_ID", "ASIALOCAL00000000001")
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "stack-It")
        .containsEntry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .containsEntry("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000")
        .containsEntry("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", "http://localhost:3001/Prod")
        .containsEntry("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:4566");
  }

  private static Outcome invoke(String handler, String event) throws InterruptedException {
    try (PooledFunctions functions = functions(1, function(handler))) {
      return functions.invoke("It", event);
    }
  }

  private static PooledFunctions functions(int environmentsMax, Function function) {
    return functions(environmentsMax, function, PooledFunctionsTest.class.getClassLoader());
  }

  private static PooledFunctions functions(
      int environmentsMax, Function function, ClassLoader classes) {
    return PooledFunctions.inProcess(
        Deployed.all(Role.all(List.of(function)), ENDPOINTS, "eu-central-1"),
        environmentsMax,
        classes,
        InstantSource.system(),
        () -> UUID.randomUUID().toString(),
        FunctionFaults.none());
  }

  private static Function function(String handler) {
    return function(handler, Duration.ofSeconds(20));
  }

  private static Function function(String handler, Duration timeout) {
    return function(SampleHandlers.class.getName() + "$" + handler, "target/it.jar", timeout);
  }

  private static Function coded(String handler, String code) {
    return function(handler, code, Duration.ofSeconds(20));
  }

  private static Function function(String handler, String code, Duration timeout) {
    return new Function(
        "It",
        "stack-It",
        "arn:aws:lambda:eu-central-1:000000000000:function:stack-It",
        handler,
        code,
        Map.of("TABLE", "messages"),
        timeout,
        512);
  }
}
