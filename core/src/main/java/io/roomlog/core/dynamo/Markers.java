package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.log.Marker;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The sends table: which ids are stored, and where. DynamoDB deletes expired items days late. */
final class Markers {

  private static final String SEND = "send";
  private static final String POSITION = "position";
  private static final String AT = "at";
  private static final String EXPIRES_AT = "expiresAt";

  private final DynamoDbClient dynamo;
  private final String table;

  Markers(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** Not consistent, for half the price: what it misses, the transaction's condition meets. */
  Optional<Marker> read(Marker.Key key, Instant now) {
    Map<String, AttributeValue> item =
        calling(
            "GetItem sends",
            () ->
                dynamo
                    .getItem(
                        request ->
                            request.tableName(table).key(Map.of(SEND, Items.string(key.stored()))))
                    .item());
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(marker(key, item)).filter(marker -> marker.countsAt(now));
  }

  TransactWriteItem put(Marker marker, Instant now) {
    Put put =
        Put.builder()
            .tableName(table)
            .item(
                Map.of(
                    SEND, Items.string(marker.key().stored()),
                    POSITION, Items.number(marker.position()),
                    AT, Items.millis(marker.at()),
                    EXPIRES_AT, Items.seconds(marker.expiresAt())))
            .conditionExpression("attribute_not_exists(#send) OR #expires <= :now")
            .expressionAttributeNames(Map.of("#send", SEND, "#expires", EXPIRES_AT))
            .expressionAttributeValues(Map.of(":now", Items.seconds(now)))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  static Marker marker(Marker.Key key, Map<String, AttributeValue> item) {
    return new Marker(
        key, Items.number(item, POSITION), Items.millis(item, AT), Items.seconds(item, EXPIRES_AT));
  }
}
