package io.roomlog.core.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Retention;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What stands in the table is a contract with every version that will read it. */
class EntryItemTest {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_123L);

  private static final Map<String, AttributeValue> APPROVED_MESSAGE =
      Map.of(
          "room", AttributeValue.fromS("lobby"),
          "position", AttributeValue.fromN("42"),
          "v", AttributeValue.fromN("1"),
          "type", AttributeValue.fromS("message"),
          "at", AttributeValue.fromN("1790000000123"),
          "nonce", AttributeValue.fromS("n0"),
          "id", AttributeValue.fromS("m1"),
          "sender", AttributeValue.fromS("ann"),
          "name", AttributeValue.fromS("Ann"),
          "data", AttributeValue.fromS("\"hello\""));

  private static final Map<String, AttributeValue> APPROVED_VOID =
      Map.of(
          "room", AttributeValue.fromS("lobby"),
          "position", AttributeValue.fromN("41"),
          "v", AttributeValue.fromN("1"),
          "type", AttributeValue.fromS("void"),
          "at", AttributeValue.fromN("1790000000123"));

  private final Entry message = new Entry.Message(42, AT, "n0", "m1", "ann", "Ann", "\"hello\"");

  @Test
  void aMessageIsStoredAsApproved() {
    assertThat(EntryItem.of(ROOM, message, Retention.forever())).isEqualTo(APPROVED_MESSAGE);
    assertThat(EntryItem.entry(APPROVED_MESSAGE)).isEqualTo(message);
    assertThat(EntryItem.room(APPROVED_MESSAGE)).isEqualTo(ROOM);
  }

  @Test
  void aVoidIsStoredAsApproved() {
    assertThat(EntryItem.of(ROOM, new Entry.Voided(41, AT), Retention.forever()))
        .isEqualTo(APPROVED_VOID);
    assertThat(EntryItem.entry(APPROVED_VOID)).isEqualTo(new Entry.Voided(41, AT));
  }

  @Test
  void whatIsErasedKeepsNothingOfTheMessageButItsTimeAndItsNonce() {
    Map<String, AttributeValue> item = new HashMap<>(APPROVED_VOID);
    item.put("type", AttributeValue.fromS("deleted"));
    item.put("nonce", AttributeValue.fromS("n0"));
    Entry deleted = new Entry.Deleted(41, AT, "n0");
    assertThat(EntryItem.of(ROOM, deleted, Retention.forever())).isEqualTo(item);
    assertThat(EntryItem.entry(item)).isEqualTo(deleted);
  }

  @Test
  void anEntryThatExpiresSaysWhenInSecondsAndIsOtherwiseTheSame() {
    Map<String, AttributeValue> item = EntryItem.of(ROOM, message, Retention.ofDays(1));
    Map<String, AttributeValue> expected = new HashMap<>(APPROVED_MESSAGE);
    // 24 hours, up to the next whole hour, and an hour.
    expected.put("expiresAt", AttributeValue.fromN("1790092800"));
    assertThat(item).isEqualTo(expected);
  }

  @Test
  void anAttributeThatThisVersionDoesNotKnowIsPassedOver() {
    Map<String, AttributeValue> item = new HashMap<>(APPROVED_MESSAGE);
    item.put("expiresAt", AttributeValue.fromN("1790089200"));
    item.put("later", AttributeValue.fromBool(true));
    assertThat(EntryItem.entry(item)).isEqualTo(message);
  }

  @Test
  void anItemOfANewerVersionIsNotGuessedAt() {
    var newer = new HashMap<>(APPROVED_MESSAGE);
    newer.put("v", AttributeValue.fromN("2"));
    assertThatExceptionOfType(UnreadableItem.class)
        .isThrownBy(() -> EntryItem.entry(newer))
        .withMessage("attribute v is 2; this reads 1");
  }

  @Test
  void whatIsMissingIsNamed() {
    var without = new HashMap<>(APPROVED_MESSAGE);
    without.remove("data");
    assertThatExceptionOfType(UnreadableItem.class)
        .isThrownBy(() -> EntryItem.entry(without))
        .satisfies(e -> assertThat(e.attribute()).isEqualTo("data"));
  }
}
