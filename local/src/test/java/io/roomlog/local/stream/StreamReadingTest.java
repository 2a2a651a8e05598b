package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** From a stream's shards to the function: positions, lineage, and what goes wrong when reading. */
class StreamReadingTest extends MappingTest {
  @Test
  void trimHorizonReadsWhatWasThereBefore() throws Exception {
    stream.shard("a", null).append("a", records(1, 3));
    start(Deployments.mapping().build());
    awaitNumbers(1, 2, 3);
    stream.append("a", records(4, 4));
    awaitNumbers(1, 2, 3, 4);
  }

  @Test
  void latestReadsOnlyWhatComesAfter() throws Exception {
    stream.shard("old", null).append("old", records(1, 2)).end("old");
    stream.shard("a", "old").append("a", records(3, 4));
    start(Deployments.mapping().startingPosition("LATEST").build());
    Eventually.await("the open shard is read", () -> stream.reads() > 0);
    stream.append("a", records(5, 5));
    awaitNumbers(5);
    assertThat(stream.opened()).containsOnly("a");
  }

  @Test
  void aMappingAtLatestThatIsStoppedBeforeItsFirstCheckpointLosesNothing() throws Exception {
    stream.shard("a", null).append("a", records(1, 1));
    function.hold(new Semaphore(0));
    var impatient = new Pace(FAST.poll(), FAST.discovery(), FAST.backoff(), Duration.ZERO);
    start(Deployments.mapping().startingPosition("LATEST").build(), stream, impatient);
    Eventually.await("the shard is read", () -> stream.reads() > 0);
    stream.append("a", records(2, 2));
    awaitNumbers(2);
    stop();
    function.hold(new Semaphore(1));
    start(Deployments.mapping().startingPosition("LATEST").build());
    awaitHandled("a", 2);
    assertThat(function.allNumbers()).containsExactly(2L, 2L);
  }

  @Test
  void aChildIsReadOnlyWhenItsParentIsHandledToTheEnd() throws Exception {
    stream.shard("parent", null).append("parent", records(1, 2)).end("parent");
    stream.shard("left", "parent").append("left", records(3, 3));
    stream.shard("right", "parent").append("right", records(4, 4));
    var permits = new Semaphore(0);
    function.hold(permits);
    start(Deployments.mapping().build());
    Eventually.await("the parent's batch is in the function", () -> function.running() == 1);
    int reads = stream.reads();
    assertThat(stream.opened()).containsExactly("parent");
    permits.release();
    Eventually.await("the children are read", () -> function.allNumbers().size() == 4);
    assertThat(function.allNumbers().subList(0, 2)).containsExactly(1L, 2L);
    assertThat(reads).isPositive();
    permits.release(2);
    awaitHandled("left", 3);
    awaitHandled("right", 4);
    assertThat(progress("parent")).isEqualTo(new ShardProgress.Finished());
  }

  @Test
  void shardsWithoutKinshipAreReadInParallelEachWithOneBatchAtATime() throws Exception {
    stream.shard("a", null).append("a", records(1, 6));
    stream.shard("b", null).append("b", records(11, 16));
    var permits = new Semaphore(0);
    function.hold(permits);
    start(Deployments.mapping().batchSize(2).build());
    Eventually.await("both shards are in the function", () -> function.running() == 2);
    permits.release(6);
    awaitHandled("a", 6);
    awaitHandled("b", 16);
    assertThat(function.mostRunning()).isEqualTo(2);
    assertThat(function.allNumbers().stream().filter(number -> number < 10))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void aGenerationLaterTheGrandchildrenAreReadToo() throws Exception {
    stream.shard("a", null).append("a", records(1, 1));
    start(Deployments.mapping().build());
    awaitNumbers(1);
    stream.shard("b", "a").append("b", records(2, 2)).end("a").end("b");
    stream.shard("c", "b").append("c", records(3, 3));
    awaitNumbers(1, 2, 3);
  }

  @Test
  void expiredIteratorsAreReplacedWithoutLossOrRepeat() throws Exception {
    stream.shard("a", null).append("a", records(1, 2));
    start(Deployments.mapping().build());
    awaitNumbers(1, 2);
    stream.expireIterators();
    stream.append("a", records(3, 4));
    awaitNumbers(1, 2, 3, 4);
    assertThat(stream.opened()).containsExactly("a", "a");
  }

  @Test
  void trimmedRecordsAreSkippedAndTheRestIsRead() throws Exception {
    stream.shard("a", null).append("a", records(1, 2));
    start(Deployments.mapping().build());
    awaitHandled("a", 2);
    stop();
    stream.append("a", records(3, 6));
    stream.trim("a", 4);
    start(Deployments.mapping().build());
    awaitNumbers(1, 2, 5, 6);
  }

  @Test
  void aShardThatIsForgottenEndsAndItsChildIsRead() throws Exception {
    stream.shard("a", null).append("a", records(1, 1));
    start(Deployments.mapping().build());
    awaitNumbers(1);
    stream.shard("b", "a").append("b", records(2, 2)).forget("a");
    awaitNumbers(1, 2);
  }

  @Test
  void anEmptyListOfShardsForgetsNoProgress() throws Exception {
    stream.shard("a", null).append("a", records(1, 2));
    start(Deployments.mapping().build());
    awaitHandled("a", 2);
    int listings = stream.listings();
    stream.hideShards(true);
    Eventually.await("no shard was listed", () -> stream.listings() > listings + 2);
    stop();
    stream.hideShards(false);
    stream.append("a", records(3, 3));
    start(Deployments.mapping().build());
    awaitNumbers(1, 2, 3);
  }

  @Test
  void callsThatFailAreMadeAgain() throws Exception {
    stream.shard("a", null).append("a", records(1, 2));
    stream.failNext(7);
    start(Deployments.mapping().build());
    awaitNumbers(1, 2);
    assertThat(stream.failuresAhead()).isZero();
  }

  @Test
  void recordsThatDoNotPassTheFilterAreDroppedAndCheckpointed() throws Exception {
    stream.shard("a", null).append("a", records(1, 9));
    start(
        Deployments.mapping()
            .filterPatterns("{\"dynamodb\":{\"Keys\":{\"item\":{\"S\":[\"item-4\",\"item-6\"]}}}}")
            .build());
    awaitHandled("a", 9);
    assertThat(function.numbers()).containsExactly(List.of(4L, 6L));
  }

  @Test
  void recordsThatDoNotPassTheFilterAreNeverRetried() throws Exception {
    stream.shard("a", null).append("a", records(1, 3));
    function.enqueue(ScriptedFunction.failed(), ScriptedFunction.failed());
    start(
        Deployments.mapping()
            .filterPatterns("{\"dynamodb\":{\"Keys\":{\"item\":{\"S\":[\"item-2\"]}}}}")
            .build());
    awaitHandled("a", 3);
    assertThat(function.numbers()).containsExactly(List.of(2L), List.of(2L), List.of(2L));
  }

  @Test
  void aTableWithoutAStreamAnUnknownFunctionAndABadPatternStopTheStart() {
    var deployment = Deployments.with(Deployments.mapping().build());
    var none = mappings(stream, FAST);
    assertThatThrownBy(() -> none.start(deployment, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MessagesToFanOut: table MessagesTable has no stream");
    var badPattern = Deployments.with(Deployments.mapping().filterPatterns("{").build());
    assertThatThrownBy(() -> none.start(badPattern, Map.of("MessagesTable", Records.STREAM)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("filter pattern {");
  }
}
