package io.roomlog.core.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Strict JSON: no duplicate keys, nothing after the value, bounded depth and length. Bodies are
 * stored and measured as the minimal text that {@link #minimal} gives.
 */
public final class Json {

  /** How deep a frame may be nested: 32 for the data, and what carries it. */
  private static final int DEPTH_MAX = 36;

  /** The gateway's own limit for a message, 128 KB, is the most that can arrive. */
  private static final int FRAME_BYTES_MAX = 131_072;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(FRAME_BYTES_MAX)
                          .maxDocumentLength(FRAME_BYTES_MAX)
                          .maxNumberLength(1_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The value of a text, or empty if the text is not strict JSON. */
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /**
   * The shortest text of a value: no spaces, and only those characters escaped that must be.
   *
   * @throws IllegalStateException never for a value that {@link #parse} gave
   */
  public static String minimal(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a parsed value could not be written", e);
    }
  }

  /** The length of a text on the wire, in bytes of UTF-8. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Whether every surrogate has its other half. JSON can name half a character ({@code "\ud800"}),
   * UTF-8 cannot carry it, so such a text would come out as another than it went in.
   */
  public static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
