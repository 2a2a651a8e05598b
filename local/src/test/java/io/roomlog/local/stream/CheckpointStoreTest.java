package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.stream.ShardProgress.Finished;
import io.roomlog.local.stream.ShardProgress.ReadFrom;
import io.roomlog.local.stream.StreamSource.Position;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStoreTest {
  private static final Map<String, ShardProgress> PROGRESS =
      Map.of(
          "shardId-1", new Finished(),
          "shardId-2", new ReadFrom(new Position.TrimHorizon()),
          "shardId-3", new ReadFrom(new Position.Latest()),
          "shardId-4", new ReadFrom(new Position.At(Records.number(3))),
          "shardId-5", new ReadFrom(new Position.After(Records.number(7))));

  @TempDir Path folder;

  @Test
  void whatIsSavedIsThereAfterARestart() {
    new FileCheckpoints(folder).save("Mapping", Records.STREAM, PROGRESS);
    assertThat(new FileCheckpoints(folder).load("Mapping", Records.STREAM)).hasValue(PROGRESS);
  }

  @Test
  void aMappingThatNeverReadTheStreamHasNoProgress() {
    for (var store : stores()) {
      store.save("Mapping", Records.STREAM, PROGRESS);
      assertThat(store.load("Other", Records.STREAM)).isEmpty();
      assertThat(store.load("Mapping", Records.STREAM)).hasValue(PROGRESS);
    }
  }

  @Test
  void progressIsVoidOnATableMadeAnew() {
    for (var store : stores()) {
      store.save("Mapping", Records.STREAM, PROGRESS);
      assertThat(store.load("Mapping", Records.STREAM + "1")).isEmpty();
    }
  }

  @Test
  void theLastSaveCounts() {
    for (var store : stores()) {
      store.save("Mapping", Records.STREAM, PROGRESS);
      store.save("Mapping", Records.STREAM, Map.of());
      assertThat(store.load("Mapping", Records.STREAM)).hasValue(Map.of());
    }
  }

  @Test
  void theFileIsWrittenAsItsFormatSays() throws Exception {
    new FileCheckpoints(folder)
        .save(
            "Mapping",
            "arn:stream",
            Map.of("shardId-5", PROGRESS.getOrDefault("shardId-5", new Finished())));
    assertThat(folder.resolve("Mapping.json"))
        .hasContent(
            """
            {"version":1,"stream":"arn:stream","shards":{"shardId-5":\
            {"at":"after","sequenceNumber":"000000000000000000007"}}}\
            """);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"version\":2,\"stream\":\"arn:stream\",\"shards\":{}}",
        "{\"version\":1,\"stream\":\"arn:stream\",\"shards\":{\"s\":{\"at\":\"once\"}}}",
        "{\"version\":1,\"stream\":\"arn:stream\",\"shards\":{\"s\":{\"at\":\"after\"}}}",
      })
  void aFileThatCannotBeReadIsAnErrorAndNotAFreshStart(String content) throws Exception {
    Files.writeString(folder.resolve("Mapping.json"), content);
    assertThatThrownBy(() -> new FileCheckpoints(folder).load("Mapping", "arn:stream"))
        .isInstanceOf(UncheckedIOException.class);
  }

  private CheckpointStore[] stores() {
    return new CheckpointStore[] {new InMemoryCheckpoints(), new FileCheckpoints(folder)};
  }
}
