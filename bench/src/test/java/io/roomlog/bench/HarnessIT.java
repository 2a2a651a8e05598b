package io.roomlog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.bench.beside.BesideBench;
import io.roomlog.bench.memory.MemoryBench;
import io.roomlog.bench.posts.SoakBench;
import io.roomlog.bench.rooms.LoadBench;
import io.roomlog.bench.rooms.LoadResults;
import io.roomlog.bench.rooms.SenderBench;
import io.roomlog.bench.start.StartBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The measurements at their smallest: that they still work and count right. Nothing is timed. */
@Timeout(120)
class HarnessIT {

  @Test
  void aBusyRoomLosesNothing() throws Exception {
    LoadResults results = new LoadBench(new LoadBench.Pace(5, 10, 1, 1, 1)).run();
    assertThat(results.lost()).isZero();
    assertThat(results.unacknowledged()).isZero();
    assertThat(results.deliveries()).isEqualTo(5 * 10);
  }

  @Test
  void everyMessageOfASenderIsAcknowledged() throws Exception {
    var rooms = new SenderBench.Rooms(List.of(1, 3), 20, 3);
    var modelled = new SenderBench.Rooms(List.of(), 20, 3);
    var results = new SenderBench(new SenderBench.Pace(rooms, modelled, 1)).run();
    assertThat(results.messages()).isEqualTo(2 * 3);
  }

  @Test
  void aDeadConnectionEndsTheSampleAndHarmsNobodyElse() throws Exception {
    var room = new BesideBench.Room(4, 25, 20, 2);
    var results = new BesideBench(new BesideBench.Pace(List.of(room), 1)).run();
    assertThat(results.failedSends()).containsExactly(0, 2, 0);
    assertThat(results.goodputPercent().getFirst()).isEqualTo(100);
    assertThat(results.goodputPercent().getLast()).isEqualTo(100);
  }

  @Test
  void theChosenClientPosts() throws Exception {
    var soak = new SoakBench(Duration.ofSeconds(1), Duration.ofSeconds(1)).run();
    assertThat(soak.perSecond()).isPositive();
    assertThat(soak.failed()).isZero();
  }

  @Test
  void aWarmFunctionAnswers(@TempDir Path folder) throws Exception {
    assertThat(new MemoryBench(new MemoryBench.Pace(1, 2, 1), folder).one()).isPositive();
  }

  @Test
  void aColdFunctionDeliversAPost(@TempDir Path folder) throws Exception {
    assertThat(new StartBench(1, folder, folder).one().effect()).isPositive();
  }
}
