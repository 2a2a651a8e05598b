package io.roomlog.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.local.stream.StreamSource.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps progress in a folder beside the tables, one file a mapping, so that a local run that is
 * started again goes on where it stopped. A file is replaced as a whole.
 *
 * <p>The format, by example:
 *
 * <pre>{@code
 * {"version":1,"stream":"arn:…","shards":{"shardId-1":{"at":"finished"},
 *  "shardId-2":{"at":"after","sequenceNumber":"000000000000000000042"}}}
 * }</pre>
 */
public final class FileCheckpoints implements CheckpointStore {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * Keeps its files in a folder, which is made when the first is written.
   *
   * @param folder for nothing else
   */
  public FileCheckpoints(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Map<String, ShardProgress>> load(String mapping, String streamArn) {
    var file = file(mapping);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var kept = JSON.readTree(file.toFile());
      if (kept.path("version").asInt() != VERSION) {
        throw new IOException(file + " has no \"version\":" + VERSION);
      }
      return kept.path("stream").asText().equals(streamArn)
          ? Optional.of(shards(kept.path("shards")))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(String mapping, String streamArn, Map<String, ShardProgress> progress) {
    var json = JSON.createObjectNode();
    json.put("version", VERSION);
    json.put("stream", streamArn);
    var shards = json.putObject("shards");
    progress.forEach((shard, state) -> write(shards.putObject(shard), state));
    try {
      Files.createDirectories(folder);
      var draft = folder.resolve(mapping + ".json.new");
      Files.write(draft, JSON.writeValueAsBytes(json));
      Files.move(
          draft,
          file(mapping),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A logical id is letters and digits only, so it is a file name as it stands. */
  private Path file(String mapping) {
    return folder.resolve(mapping + ".json");
  }

  private static void write(ObjectNode json, ShardProgress progress) {
    switch (progress) {
      case ShardProgress.Finished() -> json.put("at", "finished");
      case ShardProgress.ReadFrom(Position.TrimHorizon()) -> json.put("at", "start");
      case ShardProgress.ReadFrom(Position.Latest()) -> json.put("at", "latest");
      case ShardProgress.ReadFrom(Position.At(var first)) ->
          json.put("at", "with").put("sequenceNumber", first.digits());
      case ShardProgress.ReadFrom(Position.After(var last)) ->
          json.put("at", "after").put("sequenceNumber", last.digits());
    }
  }

  private static Map<String, ShardProgress> shards(JsonNode shards) throws IOException {
    var progress = new HashMap<String, ShardProgress>();
    for (var shard : shards.properties()) {
      progress.put(shard.getKey(), read(shard.getValue()));
    }
    return progress;
  }

  private static ShardProgress read(JsonNode json) throws IOException {
    return switch (json.path("at").asText()) {
      case "finished" -> new ShardProgress.Finished();
      case "start" -> new ShardProgress.ReadFrom(new Position.TrimHorizon());
      case "latest" -> new ShardProgress.ReadFrom(new Position.Latest());
      case "with" -> new ShardProgress.ReadFrom(new Position.At(sequenceNumber(json)));
      case "after" -> new ShardProgress.ReadFrom(new Position.After(sequenceNumber(json)));
      default -> throw new IOException("unknown progress of a shard: " + json);
    };
  }

  private static SequenceNumber sequenceNumber(JsonNode json) throws IOException {
    var digits = json.path("sequenceNumber").asText();
    if (!SequenceNumber.isSequenceNumber(digits)) {
      throw new IOException("no sequence number in the progress of a shard: " + json);
    }
    return new SequenceNumber(digits);
  }
}
