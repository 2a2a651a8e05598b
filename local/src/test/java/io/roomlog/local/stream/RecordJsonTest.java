package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class RecordJsonTest {
  @Test
  void everyTypeOfAttributeIsWrittenAsLambdaDoes() {
    assertThat(newImage(AttributeValue.fromS("text"))).isEqualTo("{\"S\":\"text\"}");
    assertThat(newImage(AttributeValue.fromN("42.0"))).isEqualTo("{\"N\":\"42.0\"}");
    assertThat(newImage(AttributeValue.fromBool(false))).isEqualTo("{\"BOOL\":false}");
    assertThat(newImage(AttributeValue.fromNul(true))).isEqualTo("{\"NULL\":true}");
    assertThat(newImage(AttributeValue.fromB(SdkBytes.fromUtf8String("hi"))))
        .isEqualTo("{\"B\":\"aGk=\"}");
    assertThat(newImage(AttributeValue.fromSs(List.of("a", "b"))))
        .isEqualTo("{\"SS\":[\"a\",\"b\"]}");
    assertThat(newImage(AttributeValue.fromNs(List.of("1", "2"))))
        .isEqualTo("{\"NS\":[\"1\",\"2\"]}");
    assertThat(newImage(AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("hi")))))
        .isEqualTo("{\"BS\":[\"aGk=\"]}");
    assertThat(newImage(AttributeValue.fromL(List.of()))).isEqualTo("{\"L\":[]}");
    assertThat(newImage(AttributeValue.fromM(Map.of()))).isEqualTo("{\"M\":{}}");
    var nested = AttributeValue.fromM(Map.of("l", AttributeValue.fromL(List.of(text("x")))));
    assertThat(newImage(nested)).isEqualTo("{\"M\":{\"l\":{\"L\":[{\"S\":\"x\"}]}}}");
  }

  @Test
  void theTwoImagesAreThereWhenTheStreamHasThem() {
    var record =
        render(
            Record.builder()
                .eventName(OperationType.MODIFY)
                .dynamodb(
                    change ->
                        change
                            .keys(Map.of("k", text("1")))
                            .oldImage(Map.of("k", text("1")))
                            .sequenceNumber("1")
                            .sizeBytes(4L)
                            .streamViewType(StreamViewType.OLD_IMAGE))
                .build());
    assertThat(record.json())
        .contains("\"OldImage\":{\"k\":{\"S\":\"1\"}}")
        .doesNotContain("NewImage");
  }

  @Test
  void anExpiryNamesItsAuthor() {
    var record =
        render(
            Record.builder()
                .eventName(OperationType.REMOVE)
                .userIdentity(by -> by.principalId("dynamodb.amazonaws.com").type("Service"))
                .dynamodb(change -> change.keys(Map.of("k", text("1"))).sequenceNumber("1"))
                .build());
    assertThat(record.json())
        .contains(
            "\"userIdentity\":{\"principalId\":\"dynamodb.amazonaws.com\",\"type\":\"Service\"}");
  }

  @Test
  void whatTheRecordDoesNotSayIsFilledIn() {
    var record =
        render(
            Record.builder()
                .eventName(OperationType.REMOVE)
                .dynamodb(change -> change.keys(Map.of("k", text("1"))).sequenceNumber("1"))
                .build());
    assertThat(record.json())
        .contains("\"eventVersion\":\"1.1\"")
        .contains("\"eventSource\":\"aws:dynamodb\"")
        .contains("\"awsRegion\":\"eu-central-1\"")
        .contains("\"eventSourceARN\":\"" + Records.STREAM + "\"");
  }

  @Test
  void equalKeysAreEqualItemsInWhateverOrderTheyCome() {
    var one = keyed("a", "1", "b", "2");
    var other = keyed("b", "2", "a", "1");
    assertThat(one.itemKey()).isEqualTo(other.itemKey());
    assertThat(one.itemKey()).isNotEqualTo(keyed("a", "2", "b", "1").itemKey());
  }

  private static StreamRecord keyed(String name1, String value1, String name2, String value2) {
    var keys = new LinkedHashMap<String, AttributeValue>();
    keys.put(name1, text(value1));
    keys.put(name2, text(value2));
    return render(
        Record.builder()
            .eventName(OperationType.REMOVE)
            .dynamodb(change -> change.keys(keys).sequenceNumber("1"))
            .build());
  }

  private static String newImage(AttributeValue value) {
    var json =
        render(
                Record.builder()
                    .eventName(OperationType.INSERT)
                    .dynamodb(
                        change ->
                            change
                                .keys(Map.of("k", text("1")))
                                .newImage(Map.of("v", value))
                                .sequenceNumber("1"))
                    .build())
            .json();
    var start = "\"NewImage\":{\"v\":";
    return json.substring(
        json.indexOf(start) + start.length(), json.indexOf("},\"SequenceNumber\""));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static StreamRecord render(Record record) {
    return RecordJson.render(record, Records.STREAM);
  }
}
