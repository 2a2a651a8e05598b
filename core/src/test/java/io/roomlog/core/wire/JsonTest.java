package io.roomlog.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "{",
        "{}{}",
        "{\"a\":1,\"a\":2}",
        "[1,]",
        "{'a':1}",
        "NaN",
        "01"
      })
  void whatIsNotStrictJsonIsNoValue(String text) {
    assertThat(Json.parse(text)).isEmpty();
  }

  @Test
  void nestingIsBounded() {
    assertThat(Json.parse("[".repeat(36) + "]".repeat(36))).isPresent();
    assertThat(Json.parse("[".repeat(37) + "]".repeat(37))).isEmpty();
  }

  @Test
  void onlyWhatMustBeEscapedIsEscaped() {
    String text = "{ \"a\" : \"\\u00e9\\/\\u0000\\\"\" }";
    assertThat(Json.minimal(Json.parse(text).orElseThrow())).isEqualTo("{\"a\":\"é/\\u0000\\\"\"}");
  }

  @Test
  void halfASurrogatePairIsNotWellFormed() {
    assertThat(Json.isWellFormed("\ud83d\ude00")).isTrue();
    assertThat(Json.isWellFormed("\ud83d")).isFalse();
    assertThat(Json.isWellFormed("\ude00 \ud83d")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "{\"a\":1}", "\u202eabc\u0000", "\ud83d\ude00", "\"", "null"})
  void aPlainFrameIsTheTextThatWasSent(String text) {
    String stored = Json.minimal(TextNode.valueOf(text));
    assertThat(PlainFrame.of(stored)).isEqualTo(text);
  }

  @Test
  void aPlainFrameOfAnotherValueIsItsJson() {
    assertThat(PlainFrame.of("{\"a\":1}")).isEqualTo("{\"a\":1}");
  }
}
