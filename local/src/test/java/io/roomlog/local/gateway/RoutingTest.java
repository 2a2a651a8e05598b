package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.functions.Functions.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RoutingTest {

  private static final String ID = "[A-Za-z0-9_-]{15}=";

  @Test
  void aFrameGoesToTheRouteThatItsActionNames() throws Exception {
    try (var gateway = gateway().route("join").route("5").route("[a, b]").start();
        var client = gateway.connect()) {
      client.send("{\"action\":\"join\"}");
      assertThat(gateway.functions().take("join").at("/requestContext/routeKey").asText())
          .isEqualTo("join");
      client.send("{\"action\":5}");
      assertThat(gateway.functions().take("5").at("/requestContext/routeKey").asText())
          .isEqualTo("5");
      client.send("{\"action\":[\"a\",\"b\"]}");
      gateway.functions().take("[a, b]");
    }
  }

  @Test
  void aSelectionExpressionMayJoinTwoPaths() throws Exception {
    try (var gateway =
            gateway()
                .selecting("${request.body.service}/${request.body.action}")
                .route("chat/join")
                .start();
        var client = gateway.connect()) {
      client.send("{\"service\":\"chat\",\"action\":\"join\"}");

      gateway.functions().take("chat/join");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "{}", "{\"action\":\"unknown\"}", ""})
  void whatNoRouteMatchesGoesToDefault(String frame) throws Exception {
    try (var gateway = gateway().route("join").route("$default").start();
        var client = gateway.connect()) {
      client.send(frame);

      assertThat(gateway.functions().take("$default").path("body").asText()).isEqualTo(frame);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "{}", "{\"action\":\"unknown\"}"})
  void withoutADefaultItIsForbiddenAndTheConnectionStays(String frame) throws Exception {
    try (var gateway = gateway().route("$connect").route("join").start();
        var connected = gateway.connected()) {
      connected.client().send(frame);

      assertThat(connected.client().take())
          .matches(
              "\\{\"message\": \"Forbidden\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                  .formatted(connected.id(), ID));
      connected.client().send("{\"action\":\"join\"}");
      gateway.functions().take("join");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$connect", "$disconnect"})
  void noFrameCanRunConnectOrDisconnect(String action) throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").start();
        var connected = gateway.connected()) {
      connected.client().send("{\"action\":\"" + action + "\"}");

      assertThat(connected.client().take()).startsWith("{\"message\": \"Forbidden\"");
      assertThat(gateway.functions().untaken(action)).isZero();
    }
  }

  @Test
  void aFailedFunctionIsAnInternalServerErrorAndTheConnectionStays() throws Exception {
    try (var gateway = gateway().route("$connect").route("$default").start();
        var connected = gateway.connected()) {
      gateway.functions().script("$default", event -> new Outcome.Failed("E", "secret"));
      connected.client().send("hello");

      String requestId =
          gateway.functions().take("$default").at("/requestContext/requestId").asText();
      assertThat(connected.client().take())
          .isEqualTo(
              "{\"message\": \"Internal server error\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                  .formatted(connected.id(), requestId));
      gateway.functions().script("$default", event -> ScriptedFunctions.OK);
      connected.client().send("again");
      gateway.functions().take("$default");
    }
  }

  @Test
  void aFunctionsOwnTimeoutIsAnInternalServerError() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = gateway.connect()) {
      gateway.functions().script("$default", event -> new Outcome.TimedOut());
      client.send("hello");

      assertThat(client.take()).startsWith("{\"message\": \"Internal server error\"");
    }
  }

  @Test
  void anIntegrationThatTakesTooLongTimesOutAndTheFunctionRunsOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (var gateway =
            gateway()
                .route("$connect")
                .twoWay("$default")
                .configured(c -> c.withIntegrationTimeout(Duration.ofMillis(100)))
                .start();
        var connected = gateway.connected()) {
      gateway
          .functions()
          .script(
              "$default",
              event -> {
                release.await();
                ended.countDown();
                return new Outcome.Returned("{\"statusCode\":200,\"body\":\"too late\"}");
              });
      connected.client().send("hello");

      String requestId =
          gateway.functions().take("$default").at("/requestContext/requestId").asText();
      assertThat(connected.client().take())
          .isEqualTo(
              "{\"message\": \"Endpoint request timed out\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                  .formatted(connected.id(), requestId));
      release.countDown();
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      gateway.functions().answer("$default", "{\"body\":\"in time\"}");
      connected.client().send("again");
      assertThat(connected.client().take()).isEqualTo("in time");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 301, 401, 501})
  void aOneWayRouteSendsNothingBack(int status) throws Exception {
    try (var gateway = gateway().route("one").twoWay("two").start();
        var client = gateway.connect()) {
      gateway
          .functions()
          .answer("one", "{\"statusCode\":" + status + ",\"body\":\"not to be seen\"}");
      gateway.functions().answer("two", "{\"statusCode\":200,\"body\":\"seen\"}");
      client.send("{\"action\":\"one\"}");
      gateway.functions().take("one");
      client.send("{\"action\":\"two\"}");

      assertThat(client.take()).isEqualTo("seen");
    }
  }

  @Test
  void aTwoWayRouteSendsTheBodyBack() throws Exception {
    try (var gateway = gateway().twoWay("$default").start();
        var client = gateway.connect()) {
      gateway
          .functions()
          .script(
              "$default",
              event ->
                  new Outcome.Returned(
                      "{\"statusCode\":200,\"body\":\"re: " + event.path("body").asText() + "\"}"));
      client.send("hello");

      assertThat(client.take()).isEqualTo("re: hello");
    }
  }

  @Test
  void framesOfOneClientAreInvokedAtTheSameTime() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    try (var gateway = gateway().twoWay("$default").start();
        var client = gateway.connect()) {
      gateway
          .functions()
          .script(
              "$default",
              event -> {
                try {
                  together.await(10, TimeUnit.SECONDS);
                } catch (java.util.concurrent.BrokenBarrierException
                    | java.util.concurrent.TimeoutException e) {
                  return new Outcome.Failed("E", "the other frame did not come");
                }
                return new Outcome.Returned("{\"body\":\"together\"}");
              });
      client.send("one");
      client.send("two");

      assertThat(client.take()).isEqualTo("together");
      assertThat(client.take()).isEqualTo("together");
    }
  }

  @Test
  void aClientsFramesWaitUnreadWhileTooManyAreInFlight() throws Exception {
    int most = FrameReader.MESSAGES_IN_FLIGHT_MAX;
    int more = 10;
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    try (var gateway = gateway().twoWay("slow").twoWay("quick").start();
        var client = gateway.connect();
        var other = gateway.connect()) {
      gateway
          .functions()
          .script(
              "slow",
              event -> {
                running.incrementAndGet();
                release.await();
                return new Outcome.Returned("{\"body\":\"done\"}");
              });
      gateway.functions().answer("quick", "{\"body\":\"quick\"}");
      for (int i = 0; i < most + more; i++) {
        client.send("{\"action\":\"slow\"}");
      }
      Await.until("as many as may run at once do", () -> running.get() == most);
      // Another client's come after those too many, and are answered; those still wait.
      for (int i = 0; i < most; i++) {
        other.send("{\"action\":\"quick\"}");
        assertThat(other.take()).isEqualTo("quick");
      }
      assertThat(running).hasValue(most);

      release.countDown();
      for (int i = 0; i < most + more; i++) {
        assertThat(client.take()).isEqualTo("done");
      }
    }
  }
}
