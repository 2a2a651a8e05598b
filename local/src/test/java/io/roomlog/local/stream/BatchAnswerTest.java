package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.stream.Verdict.AllDone;
import io.roomlog.local.stream.Verdict.AllFailed;
import io.roomlog.local.stream.Verdict.FailedFrom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of "Success and failure conditions" of AWS's page on partial batch responses. */
class BatchAnswerTest {
  private static final Batch BATCH = Records.batch(7, 12);
  private static final String NINE = Records.number(9).digits();
  private static final String ELEVEN = Records.number(11).digits();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[]}",
        "{\"batchItemFailures\":null}",
        "{}",
        "{\"batchItemFailure\":[{\"itemIdentifier\":\"9\"}]}",
        "null",
        "",
      })
  void anEmptyNullOrMissingListIsFullSuccess(String payload) {
    assertThat(reported(payload)).isEqualTo(new AllDone());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"identifier\":\"9\"}]}",
        "{\"batchItemFailures\":[{}]}",
        "{\"batchItemFailures\":[null]}",
        "{\"batchItemFailures\":[\"000000000000000000009\"]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":9}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"9\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"000000000000000000006\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"000000000000000000009\"},"
            + "{\"itemIdentifier\":\"unknown\"}]}",
        "{\"batchItemFailures\":{\"itemIdentifier\":\"000000000000000000009\"}}",
        "{\"batchItemFailures\":\"000000000000000000009\"}",
        "\"done\"",
        "[]",
        "12",
        "true",
        "{\"batchItemFailures\":",
        "{} {}",
        "done",
      })
  void anIdentifierThatNamesNoRecordAndAnyOtherFormIsFullFailure(String payload) {
    assertThat(reported(payload)).isInstanceOf(AllFailed.class);
  }

  @Test
  void oneIdentifierIsWhereTheBatchFailed() {
    assertThat(reported(failures(NINE))).isEqualTo(new FailedFrom(Records.number(9)));
  }

  @Test
  void ofManyIdentifiersTheLowestCountsWhereverItStands() {
    var twelve = Records.number(12).digits();
    assertThat(reported(failures(ELEVEN, NINE, twelve)))
        .isEqualTo(new FailedFrom(Records.number(9)));
  }

  @Test
  void theLowestIsTheLowestNumberAndNotTheLowestText() {
    var eight = new StreamRecord(new SequenceNumber("8"), Records.CREATED, "a", "{}");
    var ten = new StreamRecord(new SequenceNumber("10"), Records.CREATED, "b", "{}");
    var batch =
        Batch.fresh(
            List.of(
                Arrival.of(eight, Records.CREATED, Duration.ZERO),
                Arrival.of(ten, Records.CREATED, Duration.ZERO)));
    assertThat(BatchAnswer.read(new Outcome.Returned(failures("10", "8")), batch, true))
        .isEqualTo(new FailedFrom(new SequenceNumber("8")));
  }

  @Test
  void withoutReportingAnyAnswerIsFullSuccess() {
    assertThat(BatchAnswer.read(new Outcome.Returned(failures(NINE)), BATCH, false))
        .isEqualTo(new AllDone());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anErrorAndATimeoutAreFullFailure(boolean reports) {
    assertThat(BatchAnswer.read(new Outcome.Failed("IOException", "no"), BATCH, reports))
        .isEqualTo(new AllFailed("IOException"));
    assertThat(BatchAnswer.read(new Outcome.TimedOut(), BATCH, reports))
        .isInstanceOf(AllFailed.class);
  }

  private static Verdict reported(String payload) {
    return BatchAnswer.read(new Outcome.Returned(payload), BATCH, true);
  }

  private static String failures(String... identifiers) {
    return Arrays.stream(identifiers)
        .map(identifier -> "{\"itemIdentifier\":\"" + identifier + "\"}")
        .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}"));
  }
}
