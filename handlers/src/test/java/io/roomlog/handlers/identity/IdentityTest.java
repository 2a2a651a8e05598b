package io.roomlog.handlers.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels from the authorizer to every route, by way of a gateway that makes texts of it. */
class IdentityTest {

  private static final RoomName LOBBY = new RoomName("lobby");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofMinutes(10));

  private static final Subject ANN =
      new Subject("ann", "Ann", Rights.ofStored("lobby ?news"), true, END);

  private static RequestContext event(Map<String, Object> authorizer) {
    RequestContext context = new RequestContext();
    context.setConnectionId("c1=");
    context.setConnectedAt(NOW.toEpochMilli());
    context.setAuthorizer(
        authorizer.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toString())));
    return context;
  }

  private static Map<String, Object> context() {
    return Identity.tokenContext(ANN, LOBBY, Dialect.ROOMLOG);
  }

  @Test
  void whatATokenSaysArrives() {
    assertThat(Identity.of(event(context())))
        .isEqualTo(
            new Identity(
                "ann", "Ann", LOBBY, "token:ann", Dialect.ROOMLOG, ANN.rights(), true, END));
  }

  @Test
  void theContextHoldsScalarsOnly() {
    assertThat(context().values())
        .allMatch(value -> value instanceof String || value instanceof Long);
  }

  @Test
  void noScopeOfOneKindIsOneOfAnother() {
    Map<String, Object> key = Identity.anonymousContext("ann", LOBBY, "token:ann", Dialect.PLAIN);
    Map<String, Object> none = Identity.anonymousContext("ann", LOBBY, null, Dialect.PLAIN);
    assertThat(List.of(key, none, context()).stream().map(each -> Identity.of(event(each)).scope()))
        .containsExactly("client:token:ann", "connection:c1=", "token:ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rooms", "tokenEnd", "sender", "name", "room"})
  void aContextThatLacksSomethingGivesNoRightsAtAll(String key) {
    Map<String, Object> broken = new HashMap<>(context());
    broken.remove(key);
    assertThatIllegalStateException().isThrownBy(() -> Identity.of(event(broken)));
  }

  @Test
  void aContextThatCannotBeReadGivesNoRightsAtAll() {
    for (Map.Entry<String, String> wrong :
        Map.of("rooms", "a b*c", "mode", "guest", "dialect", "roomlog.v9").entrySet()) {
      Map<String, Object> broken = new HashMap<>(context());
      broken.put(wrong.getKey(), wrong.getValue());
      assertThatIllegalStateException().isThrownBy(() -> Identity.of(event(broken)));
    }
    assertThat(Rights.ofStored("").allows(LOBBY, Verb.JOIN)).isFalse();
  }

  @Test
  void anEndCountsFromItsFirstInstantOn() {
    Identity ann = Identity.of(event(context()));
    assertThat(ann.denial(LOBBY, Verb.SEND, END.minusMillis(1))).isEmpty();
    for (Duration later : List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofDays(1))) {
      assertThat(ann.denial(LOBBY, Verb.SEND, END.plus(later))).contains(Identity.Denial.EXPIRED);
    }
    assertThat(ann.denial(new RoomName("other"), Verb.READ, END))
        .as("a new token may give the right")
        .contains(Identity.Denial.EXPIRED);
    assertThat(ann.denial(new RoomName("news"), Verb.SEND, NOW))
        .contains(Identity.Denial.FORBIDDEN);
  }

  @Test
  void membershipsEndWithTheTokenOrWithTheConnection() {
    RequestContext event = event(context());
    assertThat(Identity.of(event).connection(event, NOW).expiresAt()).isEqualTo(END);
    Subject lasting = new Subject("ann", "Ann", Rights.ALL, false, NOW.plus(Duration.ofDays(1)));
    RequestContext other = event(Identity.tokenContext(lasting, LOBBY, Dialect.PLAIN));
    assertThat(Identity.of(other).connection(other, NOW.plusSeconds(60)).expiresAt())
        .isEqualTo(NOW.plus(Connection.MEMBERSHIP_LIFE));
  }
}
