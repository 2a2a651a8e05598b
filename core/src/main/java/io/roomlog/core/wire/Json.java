package io.roomlog.core.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

  /** Deeper than any frame that is taken, and shallow enough for any stack. */
  private static final int LENIENT_DEPTH_MAX = 1_000;

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
          // To the digit: a double would change 0.10000000000000000001 without a word.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final JsonMapper LENIENT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(LENIENT_DEPTH_MAX)
                          .maxDocumentLength(FRAME_BYTES_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /** The value of a text, or empty if the text is not strict JSON. */
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException | NumberFormatException notJson) {
      // A number whose exponent has no end comes out as the second.
      return Optional.empty();
    }
  }

  /**
   * The value of a text that need not be strict: for what can be said about a frame that is not
   * taken. Of two equal keys the last counts.
   */
  public static Optional<JsonNode> parseLeniently(String text) {
    try {
      return Optional.of(LENIENT.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException | NumberFormatException notJson) {
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

  /** The JSON of a string, quotes and all. */
  public static String quoted(String text) {
    return minimal(JsonNodeFactory.instance.textNode(text));
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
