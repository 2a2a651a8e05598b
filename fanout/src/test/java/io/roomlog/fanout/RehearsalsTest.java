package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThatNoException;

import io.roomlog.core.snapshot.Priming;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both functions work once with the variables that they rehearse with, and reach nothing. */
class RehearsalsTest {

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "rehearsal");
    environment.put("AWS_SECRET_ACCESS_KEY", "rehearsal");
    environment.put("ROOMS_TABLE", "rooms");
    environment.put("MESSAGES_TABLE", "messages");
    environment.put("CONNECTIONS_TABLE", "connections");
    // Whatever gets past the client that reaches nothing is refused at once.
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
    environment.put("CONNECTIONS_ENDPOINT", "http://127.0.0.1:1/Prod");
    environment.put("CROWD_QUEUE_URL", "http://127.0.0.1:1/000000000000/ranges.fifo");
    environment.put(Priming.VARIABLE, "true");
    return environment;
  }

  @Test
  void theStreamsFunctionRehearses() {
    assertThatNoException().isThrownBy(() -> Rehearsals.fanOut(environment()));
  }

  @Test
  void theQueuesFunctionRehearses() {
    assertThatNoException().isThrownBy(() -> Rehearsals.crowd(environment()));
  }
}
