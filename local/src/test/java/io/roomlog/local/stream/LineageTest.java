package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.stream.ShardProgress.Finished;
import io.roomlog.local.stream.ShardProgress.ReadFrom;
import io.roomlog.local.stream.StreamSource.Position;
import io.roomlog.local.stream.StreamSource.Position.After;
import io.roomlog.local.stream.StreamSource.Position.Latest;
import io.roomlog.local.stream.StreamSource.Position.TrimHorizon;
import io.roomlog.local.stream.StreamSource.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineageTest {
  private static final Position START = new TrimHorizon();
  private static final Shard PARENT = new Shard("parent", null, false);
  private static final Shard LEFT = new Shard("left", "parent", true);
  private static final Shard RIGHT = new Shard("right", "parent", true);
  private static final List<Shard> FAMILY = List.of(LEFT, RIGHT, PARENT);

  @Test
  void shardsWithoutAParentAreReadFromTheirStartAtOnce() {
    var other = new Shard("other", null, true);
    assertThat(due(List.of(PARENT, other), Map.of()))
        .isEqualTo(Map.of("parent", START, "other", START));
  }

  @Test
  void aChildWaitsForItsParent() {
    assertThat(due(FAMILY, Map.of())).isEqualTo(Map.of("parent", START));
    assertThat(due(FAMILY, Map.of("parent", new ReadFrom(new After(Records.number(5))))))
        .containsOnlyKeys("parent");
  }

  @Test
  void childrenStartTogetherWhenTheirParentIsFinished() {
    assertThat(due(FAMILY, Map.of("parent", new Finished())))
        .isEqualTo(Map.of("left", START, "right", START));
  }

  @Test
  void aChildWhoseParentIsForgottenStarts() {
    assertThat(due(List.of(LEFT), Map.of())).isEqualTo(Map.of("left", START));
  }

  @Test
  void aForgottenParentThatIsStillDeliveredIsWaitedFor() {
    assertThat(Lineage.due(List.of(LEFT), Map.of(), Set.of("parent"))).isEmpty();
  }

  @Test
  void whatIsRunningOrFinishedIsNotStartedAgain() {
    var progress = Map.<String, ShardProgress>of("parent", new Finished(), "left", new Finished());
    assertThat(Lineage.due(FAMILY, progress, Set.of("right"))).isEmpty();
  }

  @Test
  void aShardGoesOnAtItsCheckpoint() {
    var after = new After(Records.number(5));
    assertThat(due(List.of(PARENT), Map.of("parent", new ReadFrom(after))))
        .isEqualTo(Map.of("parent", after));
  }

  @Test
  void latestBeginsAtTheEndOfOpenShardsAndNeverReadsTheEndedOnes() {
    var begin = Lineage.begin(FAMILY, "LATEST");
    assertThat(begin)
        .isEqualTo(
            Map.of(
                "parent", new Finished(),
                "left", new ReadFrom(new Latest()),
                "right", new ReadFrom(new Latest())));
    assertThat(due(FAMILY, begin)).isEqualTo(Map.of("left", new Latest(), "right", new Latest()));
  }

  @Test
  void aShardBornAfterALatestBeginIsReadFromItsStart() {
    var begin = new HashMap<>(Lineage.begin(FAMILY, "LATEST"));
    begin.put("left", new Finished());
    var grown = List.of(PARENT, LEFT, RIGHT, new Shard("grandchild", "left", true));
    assertThat(due(grown, begin)).containsEntry("grandchild", START);
  }

  @Test
  void trimHorizonBeginsEverywhere() {
    assertThat(Lineage.begin(FAMILY, "TRIM_HORIZON")).isEmpty();
  }

  @Test
  void anUnknownStartingPositionIsNamed() {
    assertThatThrownBy(() -> Lineage.begin(FAMILY, "NOW"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"NOW\"");
  }

  private static Map<String, Position> due(
      List<Shard> listed, Map<String, ShardProgress> progress) {
    return Lineage.due(listed, progress, Set.of());
  }
}
