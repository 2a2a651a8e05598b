package io.roomlog.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.server.Request;

/**
 * A call of DynamoDB, as far as its kind matters: what it writes, and whether it may be answered
 * from an earlier state
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html).
 *
 * @param name e.g. {@code PutItem}
 * @param request its JSON
 */
record Operation(String name, JsonNode request) {
  private static final String TARGET = "X-Amz-Target";
  private static final String CONSISTENT = "ConsistentRead";

  /** An item that is written, with its key among the attributes of {@code item}. */
  record Written(String table, JsonNode item) {}

  /** The name of a request's operation. */
  static String nameOf(Request request) {
    String target = String.valueOf(request.getHeaders().get(TARGET));
    return target.substring(target.lastIndexOf('.') + 1);
  }

  /** Whether it reads, and may miss what was written last; transactions may not. */
  boolean mayBeStale() {
    return switch (name) {
      case "GetItem", "Query", "Scan" -> !isConsistent(request);
      case "BatchGetItem" -> children("RequestItems").noneMatch(Operation::isConsistent);
      default -> false;
    };
  }

  private static boolean isConsistent(JsonNode read) {
    return read.path(CONSISTENT).asBoolean(false);
  }

  /** What it writes; nothing if it only reads. */
  List<Written> writes() {
    return switch (name) {
      case "PutItem" -> List.of(written(request, "Item"));
      case "UpdateItem", "DeleteItem" -> List.of(written(request, "Key"));
      case "TransactWriteItems" ->
          children("TransactItems").flatMap(Operation::ofTransaction).toList();
      case "BatchWriteItem" ->
          request.path("RequestItems").properties().stream().flatMap(Operation::ofBatch).toList();
      default -> List.of();
    };
  }

  private Stream<JsonNode> children(String field) {
    return StreamSupport.stream(request.path(field).spliterator(), false);
  }

  private static Stream<Written> ofTransaction(JsonNode item) {
    return Stream.of(
            written(item.path("Put"), "Item"),
            written(item.path("Update"), "Key"),
            written(item.path("Delete"), "Key"))
        .filter(each -> each.item().isObject());
  }

  private static Stream<Written> ofBatch(Map.Entry<String, JsonNode> requests) {
    return StreamSupport.stream(requests.getValue().spliterator(), false)
        .map(
            each ->
                each.has("PutRequest")
                    ? each.path("PutRequest").path("Item")
                    : each.path("DeleteRequest").path("Key"))
        .map(item -> new Written(tableName(requests.getKey()), item));
  }

  private static Written written(JsonNode write, String field) {
    return new Written(tableName(write.path("TableName").asText()), write.path(field));
  }

  /** A request may name a table by its ARN. */
  private static String tableName(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }
}
