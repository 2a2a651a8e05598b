package io.roomlog.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimingTest {

  @Test
  void whoRehearsesHasNoNameAndNoKeysOfTheFunction() {
    assertThat(
            Priming.rehearsing(Map.of("AWS_LAMBDA_FUNCTION_NAME", "send", "ROOMS_TABLE", "rooms")))
        .containsEntry(Priming.VARIABLE, "true")
        .containsEntry("ROOMS_TABLE", "rooms")
        .containsKey("AWS_ACCESS_KEY_ID")
        .doesNotContainKey("AWS_LAMBDA_FUNCTION_NAME");
  }
}
