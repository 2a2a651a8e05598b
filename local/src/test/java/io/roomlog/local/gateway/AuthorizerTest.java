package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.gateway.Gateways.RunningGateway;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AuthorizerTest {

  private static final String ARN =
      "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/$connect";

  @Test
  void thrownUnauthorizedIs401() throws Exception {
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().script("authorizer", event -> new Outcome.Failed("E", "Unauthorized"));

      assertRefused(gateway, 401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unauthorized", "Unauthorized.", "broken"})
  void anyOtherFailureIs500(String message) throws Exception {
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().script("authorizer", event -> new Outcome.Failed("E", message));

      assertRefused(gateway, 500);
    }
  }

  @Test
  void deniedIs403() throws Exception {
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().answer("authorizer", policy("Deny", "*"));

      assertRefused(gateway, 403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/send",
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/*",
        // A REST API's method ARN, which no WebSocket handshake matches.
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/*/*"
      })
  void anAllowForAnotherResourceIs403(String resource) throws Exception {
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().answer("authorizer", policy("Allow", resource));

      assertRefused(gateway, 403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        ARN,
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/*",
        "arn:aws:execute-api:*:*:abcdef123?/Prod/$connect"
      })
  void anAllowForTheHandshakeLetsTheClientIn(String resource) throws Exception {
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().answer("authorizer", policy("Allow", resource));

      gateway.connect().close();
      gateway.functions().take("$connect");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{\"statusCode\":401}",
        "{\"principalId\":\"ann\"}",
        "{\"principalId\":\"ann\",\"policyDocument\":\"Allow\"}"
      })
  void anAnswerWithoutAPolicyIs500(String answer) throws Exception {
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().answer("authorizer", answer);

      assertRefused(gateway, 500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "[1]"})
  void aContextValueThatIsNoScalarIs500(String value) throws Exception {
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().answer("authorizer", withContext("{\"key\":" + value + "}"));

      assertRefused(gateway, 500);
    }
  }

  @Test
  void anAnswerOf8KilobytesIsTakenAndOneByteMoreIsNot() throws Exception {
    int overhead = withContext("{\"key\":\"\"}").length();
    String value = "a".repeat(8 * 1024 - overhead);
    try (var gateway = gateway().authorized().start()) {
      gateway.functions().answer("authorizer", withContext("{\"key\":\"" + value + "\"}"));
      gateway.connect().close();
      gateway.functions().take("$connect");

      gateway.functions().answer("authorizer", withContext("{\"key\":\"" + value + "a\"}"));
      assertRefused(gateway, 500);
    }
  }

  @Test
  void onlyTheHandshakeIsAuthorized() throws Exception {
    try (var gateway = gateway().authorized().route("$default").start()) {
      gateway.functions().answer("authorizer", policy("Allow", "*"));
      try (var connected = gateway.connected()) {
        gateway.functions().take("authorizer");
        connected.client().send("hello");
        gateway.functions().take("$default");

        assertThat(gateway.functions().untaken("authorizer")).isZero();
      }
    }
  }

  private static void assertRefused(RunningGateway gateway, int status) throws Exception {
    assertThat(TestClient.refusal(gateway.server().address())).isEqualTo(status);
    assertThat(gateway.functions().untaken("$connect")).isZero();
  }

  private static String policy(String effect, String resource) {
    return """
    {"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[
    {"Effect":"%s","Action":"execute-api:Invoke","Resource":["%s"]}]}}\
    """
        .formatted(effect, resource);
  }

  private static String withContext(String context) {
    String policy = policy("Allow", "*");
    return policy.substring(0, policy.length() - 1) + ",\"context\":" + context + "}";
  }
}
