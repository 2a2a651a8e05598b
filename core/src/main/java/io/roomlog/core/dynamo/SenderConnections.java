package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Finds the connections of a sender in whatever rooms they are, or in none any more. It reads the
 * whole table of connections, since nothing that is done often asks for this: an operator's call.
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

  /**
   * When a connection joined a room last, of those that it is in now: a consistent read.
   *
   * @return empty if it is in none
   */
  public Optional<Instant> joinedAt(String connectionId) {
    MemberQueries queries = new MemberQueries(dynamo, table);
    return queries
        .of(MemberItem.inversePartition(connectionId), Integer.MAX_VALUE, UnaryOperator.identity())
        .stream()
        .filter(MemberItem::isMembership)
        .map(
            inverse ->
                queries.row(
                    MemberItem.key(
                        MemberItem.roomOfInverse(inverse),
                        MemberItem.shard(inverse),
                        connectionId)))
        .filter(row -> !row.isEmpty())
        .map(MemberItem::joinedAt)
        .max(Comparator.naturalOrder());
  }
}
