package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How records are gathered into batches. */
class StreamBatchingTest extends MappingTest {
  @Test
  void batchesAreAsLargeAsTheBatchSizeAllows() throws Exception {
    stream.shard("a", null).append("a", records(1, 7));
    start(Deployments.mapping().batchSize(3).build());
    awaitHandled("a", 7);
    assertThat(function.numbers())
        .containsExactly(List.of(1L, 2L, 3L), List.of(4L, 5L, 6L), List.of(7L));
  }

  @Test
  void aFullReadIsFollowedByTheNextWithoutAPause() throws Exception {
    stream.shard("a", null).append("a", records(1, 6));
    var slow = new Pace(Duration.ofMinutes(1), FAST.discovery(), FAST.backoff(), FAST.stop());
    start(Deployments.mapping().batchSize(2).build(), stream, slow);
    awaitNumbers(1, 2, 3, 4, 5, 6);
  }

  @Test
  void whileABatchIsInTheFunctionTheStreamGathersTheNext() throws Exception {
    stream.shard("a", null).append("a", records(1, 1));
    var permits = new Semaphore(0);
    function.hold(permits);
    start(Deployments.mapping().build());
    Eventually.await("the first batch is in the function", () -> function.running() == 1);
    for (int number = 2; number <= 50; number++) {
      stream.append("a", records(number, number));
    }
    permits.release(2);
    awaitHandled("a", 50);
    assertThat(function.numbers())
        .containsExactly(List.of(1L), LongStream.rangeClosed(2, 50).boxed().toList());
  }

  @Test
  void nothingIsReadWhileABatchIsInTheFunction() throws Exception {
    stream.shard("a", null).append("a", records(1, 10));
    function.hold(new Semaphore(0));
    var impatient = new Pace(FAST.poll(), FAST.discovery(), FAST.backoff(), Duration.ZERO);
    start(Deployments.mapping().batchSize(5).build(), stream, impatient);
    Eventually.await("the first batch is in the function", () -> function.running() == 1);
    int listings = stream.listings();
    Eventually.await("time for many reads has passed", () -> stream.listings() > listings + 50);
    assertThat(stream.reads()).isEqualTo(1);
  }

  @Test
  void aWindowHoldsRecordsUntilItIsOver() throws Exception {
    stream.shard("a", null).append("a", records(1, 1));
    start(Deployments.mapping().window(Duration.ofMinutes(1)).build());
    Eventually.await("the shard was read a few times", () -> stream.reads() > 5);
    stream.append("a", records(2, 2));
    int reads = stream.reads();
    Eventually.await("the second record was read", () -> stream.reads() > reads + 5);
    assertThat(function.batches()).isEmpty();
    clock.pass(Duration.ofMinutes(1));
    awaitNumbers(1, 2);
    assertThat(function.numbers()).containsExactly(List.of(1L, 2L));
  }

  @Test
  void aFullBatchDoesNotWaitForTheWindow() throws Exception {
    stream.shard("a", null).append("a", records(1, 2));
    start(Deployments.mapping().window(Duration.ofMinutes(1)).batchSize(2).build());
    awaitNumbers(1, 2);
  }

  @Test
  void theEndOfAShardDoesNotWaitForTheWindow() throws Exception {
    stream.shard("a", null).append("a", records(1, 2)).end("a");
    start(Deployments.mapping().window(Duration.ofMinutes(1)).build());
    awaitNumbers(1, 2);
  }

  @Test
  void anEventIsNeverLargerThanAnInvocationTakes() throws Exception {
    var large = "x".repeat(1024 * 1024);
    stream.shard("a", null);
    for (int number = 1; number <= 7; number++) {
      stream.append("a", Records.record(number, "item", large, Records.CREATED));
    }
    start(Deployments.mapping().build());
    awaitHandled("a", 7);
    assertThat(function.numbers()).containsExactly(List.of(1L, 2L, 3L, 4L, 5L), List.of(6L, 7L));
  }

  @Test
  void aFactorGivesAShardSeveralBatchesAtOnceAndKeepsEachItemsOrder() throws Exception {
    stream.shard("a", null);
    for (int number = 1; number <= 60; number++) {
      stream.append("a", Records.record(number, "item-" + number % 7));
    }
    var permits = new Semaphore(0);
    function.hold(permits);
    start(Deployments.mapping().batchSize(5).parallelizationFactor(3).build());
    Eventually.await("three batches are in the function", () -> function.running() == 3);
    permits.release(1_000);
    awaitHandled("a", 60);
    assertThat(function.mostRunning()).isEqualTo(3);
    assertThat(function.mostRunningOfAnItem()).isEqualTo(1);
    IntStream.range(0, 7).forEach(item -> assertInOrder("item-" + item));
  }

  @Test
  void aBatchThatFailsHoldsUpItsOwnItemsOnlyAndTheCheckpointWaitsForIt() throws Exception {
    stream.shard("a", null);
    for (int number = 1; number <= 40; number++) {
      stream.append("a", Records.record(number, "item-" + number % 10));
    }
    var stuck = Records.record(1, "item-1");
    int lane = Lane.of(stuck, 4);
    function.behave(
        batch ->
            batch.stream().anyMatch(each -> each.item().equals("item-1"))
                ? ScriptedFunction.failed()
                : ScriptedFunction.failures());
    start(Deployments.mapping().parallelizationFactor(4).build());
    var others =
        IntStream.rangeClosed(1, 40)
            .filter(number -> Lane.of(Records.record(number, "item-" + number % 10), 4) != lane)
            .mapToObj(number -> (long) number)
            .toList();
    Eventually.await("all other lanes are done", () -> function.allNumbers().containsAll(others));
    assertThat(progress("a"))
        .isNotEqualTo(
            new ShardProgress.ReadFrom(new StreamSource.Position.After(Records.number(40))));
    function.behave(batch -> ScriptedFunction.failures());
    awaitHandled("a", 40);
  }

  private void assertInOrder(String item) {
    assertThat(
            function.batches().stream()
                .flatMap(List::stream)
                .filter(each -> each.item().equals(item))
                .map(ScriptedFunction.Item::number))
        .as(item)
        .isNotEmpty()
        .isSorted();
  }
}
