package io.roomlog.local.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Reads from a request to DynamoDB what a policy must allow
 * (docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html).
 *
 * <p>A transaction needs the action of each of its items; a batch needs the batch's own action on
 * each of its tables; an index is a resource of its own. PartiQL is not read: its statements need a
 * policy that allows everything.
 */
final class DynamoDbCalls implements Service {
  private static final String PREFIX = "dynamodb:";

  private static final Map<String, String> TRANSACTION_ACTIONS =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String tables;

  /**
   * Reads requests of a region and an account.
   *
   * @param region e.g. {@code us-east-1}
   * @param account 12 digits
   */
  DynamoDbCalls(String region, String account) {
    this.tables = "arn:aws:dynamodb:" + region + ":" + account + ":table/";
  }

  @Override
  public Denial denial() {
    return new Denial(HttpStatus.BAD_REQUEST_400, "Message", Map.of());
  }

  @Override
  public List<Call> calls(String target, byte[] body) throws IOException {
    String operation = target.substring(target.lastIndexOf('.') + 1);
    JsonNode request = JSON.readTree(body);
    return switch (operation) {
      case "TransactWriteItems", "TransactGetItems" -> transaction(request.path("TransactItems"));
      case "BatchGetItem", "BatchWriteItem" ->
          names(request.path("RequestItems")).map(table -> call(operation, table(table))).toList();
      case "DescribeStream", "GetShardIterator" ->
          List.of(call(operation, request.path("StreamArn").asText("*")));
      case "ListTables", "ListStreams", "DescribeLimits", "DescribeEndpoints", "GetRecords" ->
          List.of(call(operation, "*"));
      default -> List.of(call(operation, resource(request)));
    };
  }

  private List<Call> transaction(JsonNode items) {
    List<Call> calls = new ArrayList<>();
    for (JsonNode item : items) {
      names(item)
          .forEach(
              kind ->
                  calls.add(
                      call(
                          TRANSACTION_ACTIONS.getOrDefault(kind, kind),
                          table(item.path(kind).path("TableName").asText()))));
    }
    return calls;
  }

  private String resource(JsonNode request) {
    if (!request.has("TableName")) {
      return "*";
    }
    String table = table(request.path("TableName").asText());
    return request.has("IndexName")
        ? table + "/index/" + request.path("IndexName").asText()
        : table;
  }

  /** A request may name a table by its ARN. */
  private String table(String name) {
    return name.startsWith("arn:") ? name : tables + name;
  }

  private static Stream<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey);
  }

  private static Call call(String operation, String resource) {
    return new Call(PREFIX + operation, resource);
  }
}
