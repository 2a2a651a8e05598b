package io.roomlog.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"\"",
        "0",
        "-0.0",
        "0e999",
        "1.7976931348623157E+308",
        "4.9E-324",
        "12345678901234567890",
        "{\"a\":[\"\ud83d\ude00\",true]}"
      })
  void whatEveryReaderReadsAlikeIsTaken(String json) {
    assertThat(JsonValues.fault(value(json))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1e309                | has a number outside the range of an IEEE double
          -1e309               | has a number outside the range of an IEEE double
          1e-400               | has a number outside the range of an IEEE double
          [[{"a":1e999999999}]]| has a number outside the range of an IEEE double
          "\\ud83d"            | has half a surrogate pair
          {"\\ude00":1}        | has half a surrogate pair
          [[["\\ude00"]]]      | has half a surrogate pair
          """)
  void whatReadersReadDifferentlyIsAFault(String json, String fault) {
    assertThat(JsonValues.fault(value(json))).contains(fault);
  }

  @Test
  void nestingIsBounded() {
    assertThat(JsonValues.fault(value("[".repeat(32) + "]".repeat(32)))).isEmpty();
    assertThat(JsonValues.fault(value("[".repeat(33) + "]".repeat(33))))
        .contains("is nested deeper than 32");
    assertThat(JsonValues.fault(value("{\"a\":".repeat(33) + "1" + "}".repeat(33))))
        .contains("is nested deeper than 32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.10000000000000000001", "1.0", "1.50", "12345678901234567890123"})
  void numbersComeOutToTheDigit(String json) {
    assertThat(Json.minimal(value(json))).isEqualTo(json);
  }

  @Test
  void aNumberWithoutAnEndIsNoJson() {
    assertThat(Json.parse("1".repeat(1_000))).isPresent();
    assertThat(Json.parse("1".repeat(1_001))).isEmpty();
    assertThat(Json.parse("1e99999999999999")).isEmpty();
  }

  private static JsonNode value(String json) {
    return Json.parse(json).orElseThrow();
  }
}
