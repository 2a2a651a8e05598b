package io.roomlog.local.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.functions.Role;
import io.roomlog.local.policies.Policies;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeApiTest {

  private static final Function POST =
      new Function(
          "PostFunction",
          "chat-PostFunction-1A2B",
          "arn:aws:lambda:us-east-1:000000000000:function:chat-PostFunction-1A2B",
          "a.B::c",
          "x.jar",
          Map.of(),
          Duration.ofSeconds(3),
          512);

  private final Role role = Role.all(List.of(POST)).getFirst();
  private final BlockingQueue<String> invoked = new LinkedBlockingQueue<>();
  private final Server server = new Server();
  private volatile Outcome outcome = new Outcome.Returned("{\"done\":true}");
  private int port;

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    server.setHandler(
        new InvokeApi(
            List.of(POST),
            (function, event) -> {
              invoked.add(function + " " + event);
              return outcome;
            },
            new Policies(List.of(role))));
    server.start();
    port = connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> invoke(String function, String event, String... headers)
      throws Exception {
    return call(function, event, "operator", headers);
  }

  private HttpResponse<String> call(
      String function, String event, String accessKey, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:"
                        + port
                        + "/2015-03-31/functions/"
                        + function
                        + "/invocations"))
            .POST(HttpRequest.BodyPublishers.ofString(event));
    if (!accessKey.isEmpty()) {
      request.header(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential=" + accessKey + "/20260101/us-east-1/lambda");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat-PostFunction-1A2B",
        "chat-PostFunction-1A2B:live",
        "PostFunction",
        "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Achat-PostFunction-1A2B",
        "000000000000:function:chat-PostFunction-1A2B"
      })
  void aFunctionIsInvokedByWhateverLambdaTakesAsItsName(String name) throws Exception {
    HttpResponse<String> response = invoke(name, "{\"a\":1}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"done\":true}");
    assertThat(response.headers().firstValue("X-Amz-Executed-Version")).hasValue("$LATEST");
    assertThat(response.headers().firstValue("X-Amz-Function-Error")).isEmpty();
    assertThat(invoked).containsExactly("PostFunction {\"a\":1}");
  }

  @Test
  void anEventIsNotWaitedForAndADryRunInvokesNothing() throws Exception {
    HttpResponse<String> dry = invoke("PostFunction", "{}", "X-Amz-Invocation-Type", "DryRun");
    assertThat(dry.statusCode()).isEqualTo(204);
    assertThat(invoked).isEmpty();
    HttpResponse<String> event = invoke("PostFunction", "{}", "X-Amz-Invocation-Type", "Event");
    assertThat(event.statusCode()).isEqualTo(202);
    assertThat(event.body()).isEmpty();
    assertThat(invoked.poll(10, TimeUnit.SECONDS)).isEqualTo("PostFunction {}");
  }

  @Test
  void aFunctionThatFailsIsAnAnswerWithItsError() throws Exception {
    outcome = new Outcome.Failed("java.lang.IllegalStateException", "broken");
    HttpResponse<String> response = invoke("PostFunction", "{}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Amz-Function-Error")).hasValue("Unhandled");
    assertThat(response.body())
        .isEqualTo(
            "{\"errorMessage\":\"broken\",\"errorType\":\"java.lang.IllegalStateException\"}");
    outcome = new Outcome.TimedOut();
    assertThat(invoke("PostFunction", "{}").body()).contains("Sandbox.Timedout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Nobody       | {} | RequestResponse | 404 | ResourceNotFoundException
          PostFunction | {  | RequestResponse | 400 | InvalidRequestContentException
          PostFunction | {} | Sometimes       | 400 | InvalidParameterValueException
          """)
  void whatLambdaRefusesIsRefused(
      String function, String event, String type, int status, String error) throws Exception {
    HttpResponse<String> response = invoke(function, event, "X-Amz-Invocation-Type", type);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue(error);
    assertThat(invoked).isEmpty();
  }

  @Test
  void anEventOverItsLimitIsRefused() throws Exception {
    String large = "\"" + "x".repeat(InvokeApi.EVENT_BYTES_MAX) + "\"";
    assertThat(invoke("PostFunction", large).statusCode()).isEqualTo(200);
    assertThat(invoke("PostFunction", large, "X-Amz-Invocation-Type", "Event").statusCode())
        .isEqualTo(413);
  }

  @Test
  void aFunctionMayInvokeNothingUnlessItsPolicySaysSo() throws Exception {
    HttpResponse<String> response = call("PostFunction", "{}", role.credentials().accessKeyId());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .contains("not authorized to perform: lambda:InvokeFunction on resource: " + POST.arn());
    assertThat(invoked).isEmpty();
  }

  /** A page can send a request here; with this header only if it is told that it may. */
  @Test
  void whatIsNotSignedIsRefusedSoThatNoWebPageInvokesAnything() throws Exception {
    assertThat(call("PostFunction", "{}", "").statusCode()).isEqualTo(403);
    assertThat(invoked).isEmpty();
  }

  @Test
  void anotherHostIsRefused() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          """
          POST /2015-03-31/functions/PostFunction/invocations HTTP/1.1
          Host: evil.example
          Authorization: AWS4-HMAC-SHA256 Credential=a/b
          Content-Length: 2
          Connection: close

          {}\
          """;
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403");
    }
    assertThat(invoked).isEmpty();
  }
}
