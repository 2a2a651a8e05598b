package io.roomlog.local.queues;

import static io.roomlog.local.queues.QueueFixtures.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.functions.Functions.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of AWS's page on partial batch responses for queues. */
class QueueAnswerTest {
  private static final List<ReceivedMessage> BATCH =
      Stream.of("a", "b", "c").map(QueueAnswerTest::message).toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[]}",
        "{\"batchItemFailures\":null}",
        "{}",
        "null",
        "",
      })
  void anEmptyNullOrMissingListIsFullSuccess(String payload) {
    assertThat(reported(payload)).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"messageId\":\"id-a\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"id-x\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"id-a\"},{\"itemIdentifier\":\"id-x\"}]}",
        "{\"batchItemFailures\":{}}",
        "[]",
        "\"done\"",
        "done",
      })
  void anIdentifierOfNoMessageAndAnyOtherFormIsFullFailure(String payload) {
    assertThat(reported(payload)).isEmpty();
  }

  @Test
  void whatIsReportedStaysAndTheRestIsHandled() {
    assertThat(
            reported(
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"id-c\"},"
                    + "{\"itemIdentifier\":\"id-a\"}]}"))
        .containsExactly("b");
  }

  @Test
  void withoutReportingAnyAnswerIsFullSuccessAndAnErrorFullFailure() {
    var answer = new Outcome.Returned("{\"batchItemFailures\":[{\"itemIdentifier\":\"id-a\"}]}");
    assertThat(QueueAnswer.handled(answer, BATCH, false)).isEqualTo(BATCH);
    for (boolean reports : new boolean[] {true, false}) {
      assertThat(QueueAnswer.handled(new Outcome.Failed("E", "no"), BATCH, reports)).isEmpty();
      assertThat(QueueAnswer.handled(new Outcome.TimedOut(), BATCH, reports)).isEmpty();
    }
  }

  private static List<String> reported(String payload) {
    return bodies(QueueAnswer.handled(new Outcome.Returned(payload), BATCH, true));
  }

  private static ReceivedMessage message(String body) {
    return new ReceivedMessage(
        "id-" + body,
        "receipt-" + body,
        body,
        null,
        null,
        null,
        Map.of(),
        QueueFixtures.START,
        QueueFixtures.START,
        1);
  }
}
