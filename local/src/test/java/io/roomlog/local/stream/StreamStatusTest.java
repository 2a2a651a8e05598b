package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class StreamStatusTest extends MappingTest {
  @Test
  void theStatusShowsWhatWaitsAndHowLong() throws Exception {
    stream.shard("a", null).append("a", records(1, 3));
    var permits = new Semaphore(1);
    function.hold(permits);
    start(Deployments.mapping().batchSize(1).build());
    Eventually.await(
        "the second record is in the function",
        () -> function.batches().size() == 2 && function.running() == 1);
    clock.pass(Duration.ofSeconds(7));
    var status = status();
    assertThat(status.mapping()).isEqualTo("MessagesToFanOut");
    assertThat(status.function()).isEqualTo("FanOut");
    assertThat(status.streamArn()).isEqualTo(Records.STREAM);
    assertThat(status.shards())
        .containsExactly(
            new MappingStatus.Shard("a", Records.number(1).digits(), 1, Duration.ofSeconds(7)));
    permits.release(2);
    awaitHandled("a", 3);
    assertThat(status().shards())
        .containsExactly(
            new MappingStatus.Shard("a", Records.number(3).digits(), 0, Duration.ZERO));
  }

  @Test
  void theStatusCountsWhatTheMappingDid() throws Exception {
    stream.shard("a", null).append("a", records(1, 4));
    function.enqueue(ScriptedFunction.failures(2), ScriptedFunction.failed());
    start(
        Deployments.mapping()
            .filterPatterns(
                "{\"dynamodb\":{\"Keys\":{\"item\":{\"S\":[{\"anything-but\":[\"item-3\"]}]}}}}")
            .retries(1)
            .build());
    awaitHandled("a", 4);
    assertThat(status().counts()).isEqualTo(new MappingStatus.Counts(2, 2, 1, 1, 2));
  }
}
