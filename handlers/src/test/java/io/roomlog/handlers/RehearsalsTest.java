package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThatNoException;

import io.roomlog.core.snapshot.Priming;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each route works once with the variables that it rehearses with, and reaches nothing. */
class RehearsalsTest {

  static Stream<Priming.Rehearsed> routes() {
    return Stream.of(
        environment -> Rehearsals.send(new Send(environment)),
        environment -> Rehearsals.systemSend(new SystemSend(environment)),
        environment -> Rehearsals.sendMessage(new SendMessage(environment)),
        environment -> Rehearsals.join(new Join(environment)),
        environment -> Rehearsals.leave(new Leave(environment)),
        environment -> Rehearsals.history(new History(environment)),
        environment -> Rehearsals.sync(new Sync(environment)),
        environment -> Rehearsals.connect(new Connect(environment)),
        environment -> Rehearsals.disconnect(new Disconnect(environment)),
        environment -> Rehearsals.authorize(new Authorizer(environment)));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyRouteRehearses(Priming.Rehearsed route) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "rehearsal");
    environment.put("AWS_SECRET_ACCESS_KEY", "rehearsal");
    environment.put("ROOMS_TABLE", "rooms");
    environment.put("MESSAGES_TABLE", "messages");
    environment.put("SENDS_TABLE", "sends");
    environment.put("CONNECTIONS_TABLE", "connections");
    // Whatever gets past the client that reaches nothing is refused at once.
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
    environment.put("ANONYMOUS_ACCESS", "true");
    environment.put(Priming.VARIABLE, "true");
    assertThatNoException().isThrownBy(() -> route.once(environment));
  }
}
