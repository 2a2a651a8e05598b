package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubprotocolsTest {

  private final ManualClock clock = new ManualClock();
  private final MemoryMembership membership = new MemoryMembership();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roomlog.v1",
        "roomlog.v1, bearer.a.b.c",
        "bearer.a.b.c,roomlog.v1",
        " roomlog.v1 "
      })
  void whoeverOffersTheDialectSpeaksIt(String offered) {
    assertThat(Subprotocols.dialect(Map.of("sec-websocket-protocol", offered)))
        .contains(Dialect.ROOMLOG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "", "roomlog.v2", "ROOMLOG.V1", "roomlog.v1x", "bearer.a.b.c"})
  void whoeverOffersOthersOnlyIsRefused(String offered) {
    Map<String, String> headers = Map.of("Sec-WebSocket-Protocol", offered);
    assertThat(Subprotocols.dialect(headers)).isEmpty();
    var response = new Connect(membership, clock).handleRequest(connect(headers), null);
    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(membership.rooms("R1kmxc2VNjMCFIA=")).isEmpty();
  }

  @Test
  void whoeverOffersNothingIsPlainAndIsEchoedNothing() {
    assertThat(Subprotocols.dialect(null)).contains(Dialect.PLAIN);
    assertThat(Subprotocols.dialect(Map.of("Host", "h"))).contains(Dialect.PLAIN);
    var response = new Connect(membership, clock).handleRequest(connect(Map.of()), null);
    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getHeaders()).isNull();
  }

  @Test
  void onlyTheDialectIsEchoedNeverTheToken() {
    Map<String, String> headers = Map.of("Sec-WebSocket-Protocol", "bearer.a.b.c, roomlog.v1");
    APIGatewayV2WebSocketEvent event = connect(headers);
    Map<String, Object> context = new HashMap<>(event.getRequestContext().getAuthorizer());
    context.put("dialect", "roomlog.v1");
    event.getRequestContext().setAuthorizer(context);
    var response = new Connect(membership, clock).handleRequest(event, null);
    assertThat(response.getHeaders())
        .containsExactly(Map.entry("Sec-WebSocket-Protocol", "roomlog.v1"));
    assertThat(membership.members(new RoomName("lobby"), clock.instant()))
        .extracting(member -> member.dialect())
        .containsExactly(Dialect.ROOMLOG);
  }

  @Test
  void theAuthorizerHandsTheDialectToEveryLaterRoute() {
    var event =
        APIGatewayCustomAuthorizerEvent.builder()
            .withMethodArn("arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/$connect")
            .withHeaders(Map.of("Sec-WebSocket-Protocol", "roomlog.v1"))
            .build();
    assertThat(Authorizer.anonymous().handleRequest(event, null).getContext())
        .containsEntry("dialect", "roomlog.v1");
    event.setHeaders(Map.of("Sec-WebSocket-Protocol", "chat"));
    assertThat(Authorizer.anonymous().handleRequest(event, null).getContext()).isEmpty();
  }

  private APIGatewayV2WebSocketEvent connect(Map<String, String> headers) {
    APIGatewayV2WebSocketEvent event =
        EventLoader.loadEvent("captured/connect.json", APIGatewayV2WebSocketEvent.class);
    event.setHeaders(headers);
    event.getRequestContext().setConnectedAt(clock.instant().toEpochMilli());
    return event;
  }
}
