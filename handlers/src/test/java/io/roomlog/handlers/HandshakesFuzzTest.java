package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.HostileText;
import io.roomlog.core.testing.ManualClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in an address or in a header: who may connect has a room and a name. */
class HandshakesFuzzTest {

  private static final List<String> PROTOCOLS =
      List.of("roomlog.v1", "roomlog.v2", "roomlog.v1,", ",", " ", "soap", "roomlog.v1, soap");

  private final ManualClock clock = new ManualClock();
  private final MemoryMembership membership = new MemoryMembership();
  private final Authorizer authorizer = Authorizer.anonymous();
  private final Connect connect = new Connect(membership, clock);

  private record Asked(Map<String, String> query, Map<String, String> headers) {}

  private static Asked next(Random random) {
    Map<String, String> query = new HashMap<>();
    for (String name : List.of("room", "name", "client", "x")) {
      switch (random.nextInt(5)) {
        case 0 -> {}
        case 1 -> query.put(name, HostileText.any(random));
        case 2 -> query.put(name, "a,b,c,d,e,f,g,h,i,j,k,l".substring(0, 1 + random.nextInt(22)));
        case 3 -> query.put(name, "x".repeat(random.nextInt(200)));
        default -> query.put(name, "lobby");
      }
    }
    Map<String, String> headers = new HashMap<>();
    if (random.nextBoolean()) {
      boolean odd = random.nextInt(4) == 0;
      headers.put(
          "Sec-WebSocket-Protocol",
          odd ? HostileText.any(random) : PROTOCOLS.get(random.nextInt(PROTOCOLS.size())));
    }
    return new Asked(query, headers);
  }

  @Test
  void everyHandshakeIsTakenOrRefused() {
    Fuzz.of(5_000).each("handshakes", HandshakesFuzzTest::next, this::check);
  }

  private void check(Asked asked) {
    Map<String, Object> identity =
        authorizer
            .handleRequest(
                APIGatewayCustomAuthorizerEvent.builder()
                    .withMethodArn("arn")
                    .withHeaders(asked.headers())
                    .withQueryStringParameters(asked.query())
                    .build(),
                null)
            .getContext();
    APIGatewayV2WebSocketEvent.RequestContext context =
        new APIGatewayV2WebSocketEvent.RequestContext();
    context.setConnectionId("c=");
    context.setConnectedAt(clock.instant().toEpochMilli());
    context.setRouteKey("$connect");
    context.setAuthorizer(identity);
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(context);
    event.setHeaders(asked.headers());
    event.setQueryStringParameters(asked.query());
    var answer = connect.handleRequest(event, null);
    assertThat(answer.getStatusCode()).isIn(200, 400);
    if (answer.getStatusCode() == 200) {
      String name = String.valueOf(identity.get("name"));
      assertThat(name).isNotEmpty();
      assertThat(HostileText.hasHalfAPair(name)).as("half a character in " + name).isFalse();
      assertThat(name.codePoints().noneMatch(Character::isISOControl)).isTrue();
      assertThat(String.valueOf(identity.get("room"))).matches("[A-Za-z0-9._:-]{1,128}");
    } else if (answer.getBody() != null) {
      assertThat(answer.getBody()).doesNotContain("Exception");
    }
  }
}
