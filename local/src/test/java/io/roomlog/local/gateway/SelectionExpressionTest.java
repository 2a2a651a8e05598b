package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionExpressionTest {

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $request.body.action                    | {"action":"join"}                         | join
          $request.body.action                    | {"action":5}                              | 5
          $request.body.action                    | {"action":true}                           | true
          $request.body.action                    | {"action":["item1","item2"]}              | [item1, item2]
          $request.body.a.b-c.d_e                 | {"a":{"b-c":{"d_e":"deep"}}}              | deep
          $request.body.list[1].name              | {"list":[{"name":"x"},{"name":"y"}]}      | y
          $request.body[0]                        | ["first"]                                 | first
          ${request.body.action}                  | {"action":"join"}                         | join
          ${request.body.service}/${request.body.action} | {"service":"chat","action":"join"} | chat/join
          v1-${request.body.action}-x             | {"action":"join"}                         | v1-join-x
          """)
  void theKeyIsWhatTheExpressionFindsAsText(String expression, String frame, String key) {
    assertThat(SelectionExpression.of(expression).key(frame)).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{\"action\":",
        "{\"action\":\"join\"} trailing",
        "5",
        "\"action\"",
        "[]",
        "{}",
        "{\"Action\":\"join\"}",
        "{\"action\":null}"
      })
  void aFrameThatHasNoKeySelectsNothing(String frame) {
    assertThat(SelectionExpression.of("$request.body.action").key(frame)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "action",
        "$request.body",
        "$request.body.",
        "$request.header.action",
        "${request.body.a}/${request.header.b}",
        "$request.body.a/$request.body.b"
      })
  void anExpressionThatIsNoneIsRefusedByName(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SelectionExpression.of(expression))
        .withMessageContaining(expression)
        .withMessageContaining("$request.body.NAME");
  }
}
