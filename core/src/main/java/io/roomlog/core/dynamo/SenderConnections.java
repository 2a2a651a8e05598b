package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Finds the connections of a sender in whatever rooms they are. It reads the whole table of
 * connections, since nothing that is done often asks for this: an operator's call.
 */
public final class SenderConnections {

  private final DynamoDbClient dynamo;
  private final String table;

  /** In a deployment's table of connections. */
  public SenderConnections(DynamoDbClient dynamo, String connections) {
    this.dynamo = dynamo;
    this.table = connections;
  }

  /** Their ids: a consistent read of each page of the table. */
  public List<String> of(String sender) {
    return calling(
        "Scan connections",
        () ->
            dynamo
                .scanPaginator(
                    request ->
                        request
                            .tableName(table)
                            .consistentRead(true)
                            .filterExpression("begins_with(pk, :inverse) AND #sender = :sender")
                            .expressionAttributeNames(Map.of("#sender", "sender"))
                            .expressionAttributeValues(
                                Map.of(
                                    ":inverse", Items.string(MemberItem.inversePartition("")),
                                    ":sender", Items.string(sender))))
                .items()
                .stream()
                .map(
                    row ->
                        Items.string(row, "pk").substring(MemberItem.inversePartition("").length()))
                .distinct()
                .toList());
  }
}
