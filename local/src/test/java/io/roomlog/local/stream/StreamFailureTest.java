package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What happens to batches that the function does not handle. */
class StreamFailureTest extends MappingTest {
  @Test
  void aFailedBatchComesAgainAndBlocksItsShardUntilItIsHandled() throws Exception {
    stream.shard("a", null).append("a", records(1, 4));
    function.enqueue(ScriptedFunction.failed(), ScriptedFunction.failed());
    start(Deployments.mapping().batchSize(2).build());
    awaitHandled("a", 4);
    assertThat(function.numbers())
        .containsExactly(List.of(1L, 2L), List.of(1L, 2L), List.of(1L, 2L), List.of(3L, 4L));
  }

  @Test
  void whatIsReportedComesAgainFromTheLowestFailureOn() throws Exception {
    stream.shard("a", null).append("a", records(1, 5));
    function.enqueue(ScriptedFunction.failures(5, 3));
    start(Deployments.mapping().build());
    awaitHandled("a", 5);
    assertThat(function.numbers())
        .containsExactly(List.of(1L, 2L, 3L, 4L, 5L), List.of(3L, 4L, 5L));
  }

  @Test
  void bisectingIsolatesTheRecordThatCannotBeHandled() throws Exception {
    stream.shard("a", null).append("a", records(1, 8));
    function.behave(
        batch ->
            batch.stream().anyMatch(each -> each.number() == 6)
                ? ScriptedFunction.failed()
                : ScriptedFunction.failures());
    start(Deployments.mapping().bisect().retries(1).onFailureQueue("GivenUp").build());
    awaitHandled("a", 8);
    assertThat(function.numbers())
        .containsExactly(
            List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L),
            List.of(1L, 2L, 3L, 4L),
            List.of(5L, 6L, 7L, 8L),
            List.of(5L, 6L),
            List.of(5L),
            List.of(6L),
            List.of(6L),
            List.of(7L, 8L));
    assertThat(givenUp).hasSize(1);
    var info = body(0).get("DDBStreamBatchInfo");
    assertThat(info.get("startSequenceNumber").asText()).isEqualTo(Records.number(6).digits());
    assertThat(info.get("batchSize").asInt()).isEqualTo(1);
  }

  @Test
  void aBatchThatUsedUpItsRetriesIsReportedAndTheShardGoesOn() throws Exception {
    stream.shard("a", null).append("a", records(1, 4));
    function.enqueue(ScriptedFunction.failed(), ScriptedFunction.failed());
    start(Deployments.mapping().batchSize(2).retries(1).onFailureQueue("GivenUpBatches").build());
    awaitHandled("a", 4);
    assertThat(function.numbers())
        .containsExactly(List.of(1L, 2L), List.of(1L, 2L), List.of(3L, 4L));
    assertThat(givenUp).singleElement().asString().startsWith("GivenUpBatches {");
    var json = body(0);
    assertThat(json.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
    assertThat(json.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(2);
    assertThat(json.at("/requestContext/functionArn").asText()).isEqualTo(Deployments.FUNCTION_ARN);
    assertThat(json.at("/DDBStreamBatchInfo/shardId").asText()).isEqualTo("a");
    assertThat(json.at("/DDBStreamBatchInfo/streamArn").asText()).isEqualTo(Records.STREAM);
  }

  @Test
  void aDestinationThatFailsDoesNotBlockTheShard() throws Exception {
    destination =
        (_, _) -> {
          throw new IllegalStateException("scripted");
        };
    stream.shard("a", null).append("a", records(1, 2));
    function.enqueue(ScriptedFunction.failed());
    start(Deployments.mapping().batchSize(1).retries(0).onFailureQueue("GivenUp").build());
    awaitHandled("a", 2);
    assertThat(function.numbers()).containsExactly(List.of(1L), List.of(2L));
  }

  @Test
  void aBatchGivenUpWithoutADestinationIsSkipped() throws Exception {
    stream.shard("a", null).append("a", records(1, 2));
    function.enqueue(ScriptedFunction.failed());
    start(Deployments.mapping().batchSize(1).retries(0).build());
    awaitHandled("a", 2);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void aRecordThatGetsTooOldBetweenRetriesIsGivenUp() throws Exception {
    stream.shard("a", null).append("a", records(1, 1));
    function.behave(
        _ -> {
          clock.pass(Duration.ofSeconds(61));
          return ScriptedFunction.failed();
        });
    start(Deployments.mapping().age(Duration.ofMinutes(2)).onFailureQueue("GivenUp").build());
    awaitHandled("a", 1);
    assertThat(function.numbers()).containsExactly(List.of(1L), List.of(1L));
    assertThat(body(0).at("/requestContext/condition").asText()).isEqualTo("RecordAgeExceeded");
    assertThat(body(0).at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(2);
  }

  @Test
  void aRecordTooOldBeforeItIsReadIsNeverInvoked() throws Exception {
    clock.pass(Duration.ofSeconds(121));
    stream.shard("a", null).append("a", records(1, 2));
    stream.append("a", Records.record(3, "item-3", "", clock.instant()));
    start(Deployments.mapping().age(Duration.ofMinutes(2)).onFailureQueue("GivenUp").build());
    awaitHandled("a", 3);
    assertThat(function.numbers()).containsExactly(List.of(3L));
    assertThat(body(0).at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(2);
  }

  @Test
  void aStopLetsTheBatchInTheFunctionFinishAndCheckpointsIt() throws Exception {
    stream.shard("a", null).append("a", records(1, 4));
    var permits = new Semaphore(0);
    function.hold(permits);
    start(Deployments.mapping().batchSize(2).build());
    Eventually.await("the first batch is in the function", () -> function.running() == 1);
    var stopping = Thread.ofVirtual().start(() -> mappingsClose());
    permits.release();
    stopping.join();
    assertThat(function.numbers()).containsExactly(List.of(1L, 2L));
    assertThat(progress("a"))
        .isEqualTo(new ShardProgress.ReadFrom(new StreamSource.Position.After(Records.number(2))));
  }

  @Test
  void aStopEndsTheWaitForARetryAndTriesNoMore() throws Exception {
    stream.shard("a", null).append("a", records(1, 1));
    function.enqueue(ScriptedFunction.failed());
    var minute = Duration.ofMinutes(1);
    var patient = new Pace(FAST.poll(), FAST.discovery(), new Backoff(minute, minute), FAST.stop());
    start(Deployments.mapping().build(), stream, patient);
    Eventually.await("the batch failed", () -> status().counts().failures() == 1);
    stop();
    assertThat(function.batches()).hasSize(1);
    start(Deployments.mapping().build());
    awaitHandled("a", 1);
    assertThat(function.batches()).hasSize(2);
  }

  @Test
  void aShardReadToItsEndIsNotFinishedWhileABatchOfItIsNot() throws Exception {
    stream.shard("a", null).append("a", records(1, 2)).end("a");
    stream.shard("b", "a").append("b", records(3, 3));
    function.behave(_ -> ScriptedFunction.failed());
    start(Deployments.mapping().build());
    Eventually.await("the batch came a few times", () -> function.batches().size() > 2);
    stop();
    int came = function.batches().size();
    function.behave(_ -> ScriptedFunction.failures());
    start(Deployments.mapping().build());
    awaitHandled("b", 3);
    assertThat(function.numbers().subList(came, came + 2))
        .containsExactly(List.of(1L, 2L), List.of(3L));
  }

  @Test
  void aLaneThatIsInterruptedStartsTheShardAnewFromItsCheckpoint() throws Exception {
    stream.shard("a", null).append("a", records(1, 4));
    var once = new Semaphore(1);
    function.behave(
        _ -> {
          if (once.tryAcquire()) {
            Thread.currentThread().interrupt();
          }
          return ScriptedFunction.failures();
        });
    start(Deployments.mapping().batchSize(2).build());
    awaitHandled("a", 4);
    assertThat(function.numbers()).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
  }

  @Test
  void aBatchThatOutlivesTheStopIsInterruptedAndComesAgain() throws Exception {
    stream.shard("a", null).append("a", records(1, 2));
    function.hold(new Semaphore(0));
    var impatient = new Pace(FAST.poll(), FAST.discovery(), FAST.backoff(), Duration.ofMillis(5));
    start(Deployments.mapping().build(), stream, impatient);
    Eventually.await("the batch is in the function", () -> function.running() == 1);
    stop();
    Eventually.await("the batch was interrupted", () -> function.running() == 0);
    function.hold(new Semaphore(1));
    start(Deployments.mapping().build());
    awaitHandled("a", 2);
    assertThat(function.numbers()).containsExactly(List.of(1L, 2L), List.of(1L, 2L));
  }

  @Test
  void aFunctionCallThatThrowsStartsTheShardAnewFromItsCheckpoint() throws Exception {
    stream.shard("a", null).append("a", records(1, 4));
    var thrown = new Semaphore(1);
    function.behave(
        batch -> {
          if (batch.getFirst().number() == 3 && thrown.tryAcquire()) {
            throw new IllegalStateException("scripted");
          }
          return ScriptedFunction.failures();
        });
    start(Deployments.mapping().batchSize(2).build());
    awaitHandled("a", 4);
    assertThat(function.numbers())
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L), List.of(3L, 4L));
  }

  private void mappingsClose() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode body(int index) {
    return GivenUpMessages.body(givenUp.get(index));
  }
}
