package io.roomlog.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts calls that were refused for their rate, by table, as CloudWatch's {@code
 * ReadThrottleEvents} and {@code WriteThrottleEvents} do: a call of several tables counts for each,
 * and so does each try of a call that is repeated
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html).
 */
public final class ThrottledCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems");

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  /**
   * What is counted together.
   *
   * @param table its name
   * @param write whether it was to be written
   */
  public record Kind(String table, boolean write) {}

  void count(String operation, InputStream request) throws IOException {
    boolean write = !READS.contains(operation);
    JsonNode json = JSON.readTree(request);
    json.findValuesAsText("TableName").stream()
        .distinct()
        .forEach(table -> count(new Kind(table, write)));
    json.path("RequestItems").fieldNames().forEachRemaining(table -> count(new Kind(table, write)));
  }

  private void count(Kind kind) {
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  /** How many calls were refused so far. */
  public long of(Kind kind) {
    LongAdder count = counts.get(kind);
    return count == null ? 0 : count.sum();
  }
}
