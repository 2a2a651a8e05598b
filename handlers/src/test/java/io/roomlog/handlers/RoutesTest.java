package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.config.SettingsInvalid;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.FaultyLogStore;
import io.roomlog.core.testing.FaultyLogStore.Call;
import io.roomlog.core.testing.FaultyLogStore.Fault;
import io.roomlog.core.testing.ManualClock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final RoomName LOBBY = new RoomName("lobby");
  private static final RoomName KITCHEN = new RoomName("kitchen");
  private static final String ID = "R1kmxc2VNjMCFIA=";

  private final ManualClock clock = new ManualClock();
  private final MemoryMembership membership = new MemoryMembership();
  private final MemoryLogStore log = new MemoryLogStore();

  @Test
  void connectingJoinsEveryRoomThatTheQueryNames() {
    var response = new Connect(membership, clock).handleRequest(event("connect"), null);
    assertThat(response.getStatusCode()).isEqualTo(200);
    for (RoomName room : List.of(LOBBY, KITCHEN)) {
      assertThat(membership.connections(room, clock.instant()))
          .containsExactly(
              new Connection(
                  ID,
                  Dialect.PLAIN,
                  "Ann",
                  "Ann",
                  clock.instant(),
                  clock.instant().plus(Connection.MEMBERSHIP_LIFE)));
    }
  }

  @Test
  void aMalformedConnectJoinsNothing() {
    APIGatewayV2WebSocketEvent event = event("connect");
    event.setQueryStringParameters(Map.of("room", "lobby,a b"));
    var response = new Connect(membership, clock).handleRequest(event, null);
    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(membership.members(LOBBY, clock.instant())).isEmpty();
  }

  @Test
  void disconnectingLeavesEveryRoomAndReadsTheCloseCodeThatTheEventClassLacks() {
    new Connect(membership, clock).handleRequest(event("connect"), null);
    @SuppressWarnings("unchecked")
    Map<String, Object> event = EventLoader.loadEvent("captured/disconnect.json", Map.class);
    assertThat(new Disconnect(membership).handleRequest(event, null).getStatusCode())
        .isEqualTo(200);
    assertThat(membership.members(LOBBY, clock.instant())).isEmpty();
    assertThat(membership.members(KITCHEN, clock.instant())).isEmpty();
    assertThat(APIGatewayV2WebSocketEvent.RequestContext.class.getMethods())
        .as("the reason for reading a map")
        .noneMatch(method -> method.getName().contains("DisconnectStatusCode"));
  }

  @Test
  void aDisconnectWithoutAConnectionIsABrokenDeployment() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Disconnect(membership).handleRequest(Map.of(), null));
  }

  @Test
  void sendingAppendsAsWhoeverTheAuthorizerSaid() {
    assertThat(send(log, event("message"))).isEqualTo(200);
    Entry.Message entry = (Entry.Message) log.after(LOBBY, 0, 10).entries().getFirst();
    assertThat(List.of(entry.sender(), entry.name(), entry.data()))
        .containsExactly("ann", "Ann", "\"hello world\"");
  }

  @Test
  void sendingIsOneCounterUpdateAndOnePut() {
    FaultyLogStore counted = new FaultyLogStore(log);
    send(counted, event("message"));
    assertThat(counted.calls()).containsExactly(Call.CLAIM, Call.PUT);
  }

  @Test
  void aMessageThatCouldNotBeStoredFailsTheFunctionSoThatTheGatewaySaysSo() {
    FaultyLogStore broken = new FaultyLogStore(log).next(Call.CLAIM, Fault.REFUSE);
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> send(broken, event("message")));
  }

  @Test
  void anIdIsScopedByTheClientsKeyOrElseByTheConnection() {
    APIGatewayV2WebSocketEvent event = event("message");
    event.setBody("{\"data\":\"x\",\"id\":\"m1\"}");
    send(log, event);
    send(log, event);
    assertThat(log.counter(LOBBY).head()).isEqualTo(1);

    event.getRequestContext().setConnectionId("another=");
    send(log, event);
    assertThat(log.counter(LOBBY).head()).isEqualTo(2);

    event
        .getRequestContext()
        .setAuthorizer(Map.of("sender", "a", "name", "a", "room", "lobby", "client", "another="));
    send(log, event);
    assertThat(log.counter(LOBBY).head()).as("a key is not a connection").isEqualTo(3);
  }

  @Test
  void aRouteWithoutAnAuthorizerBeforeItIsABrokenDeployment() {
    APIGatewayV2WebSocketEvent event = event("message");
    event.getRequestContext().setAuthorizer(null);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> send(log, event))
        .withMessageContaining("authorizer");
  }

  @Test
  void theAuthorizerSaysWhoAnAnonymousConnectionIs() {
    APIGatewayCustomAuthorizerEvent event = authorizerEvent(Map.of("name", "Ann", "client", "k1"));
    var response = Authorizer.anonymous().handleRequest(event, null);
    assertThat(response.getPrincipalId()).isEqualTo("Ann");
    assertThat(response.getContext())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "mode",
                "anonymous",
                "sender",
                "Ann",
                "name",
                "Ann",
                "room",
                "lobby",
                "client",
                "k1",
                "dialect",
                "plain"));
    assertThat(statement(response))
        .containsEntry("Effect", "Allow")
        .containsEntry("Action", "execute-api:Invoke");
    assertThat((String[]) statement(response).get("Resource"))
        .containsExactly(event.getMethodArn());
  }

  @Test
  void theAuthorizerLeavesWhatIsMalformedToTheRouteThatCanSay400() {
    var response = Authorizer.anonymous().handleRequest(authorizerEvent(Map.of("name", "")), null);
    assertThat(response.getContext()).isEmpty();
    assertThat(statement(response)).containsEntry("Effect", "Allow");
  }

  @Test
  void whatIsMissingInTheEnvironmentIsNamedAtTheStart() {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> new SendMessage(Map.of("AWS_REGION", "us-east-1", "ROOMS_TABLE", "r")))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly("MESSAGES_TABLE is missing", "SENDS_TABLE is missing"));
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> new Connect(Map.of()))
        .withMessage("AWS_REGION is missing; ROOMS_TABLE is missing; CONNECTIONS_TABLE is missing");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> statement(IamPolicyResponse response) {
    return Objects.requireNonNull(
        (Map<String, Object>[]) response.getPolicyDocument().get("Statement"))[0];
  }

  private int send(LogStore store, APIGatewayV2WebSocketEvent event) {
    RoomLog rooms = new RoomLog(store, clock, new Random(1), clock::pass);
    return new SendMessage(rooms).handleRequest(event, null).getStatusCode();
  }

  private APIGatewayV2WebSocketEvent event(String name) {
    APIGatewayV2WebSocketEvent event =
        EventLoader.loadEvent("captured/" + name + ".json", APIGatewayV2WebSocketEvent.class);
    event.getRequestContext().setConnectedAt(clock.instant().toEpochMilli());
    return event;
  }

  private static APIGatewayCustomAuthorizerEvent authorizerEvent(Map<String, String> query) {
    return APIGatewayCustomAuthorizerEvent.builder()
        .withMethodArn("arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/$connect")
        .withQueryStringParameters(query)
        .build();
  }
}
