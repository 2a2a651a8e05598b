package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator of the table "Filter rule syntax" of AWS's page on event filtering. */
class EventFilterTest {
  /** A record as Lambda gives it, plus a few fields of other types. */
  private static final String RECORD =
      """
      {"eventName":"INSERT","dynamodb":{"Keys":{"room":{"S":"lobby"}},
       "NewImage":{"room":{"S":"lobby"},"position":{"N":"42"},"data":{"S":""},
       "shout":{"BOOL":true},"gone":{"NULL":true}},"SizeBytes":26},
       "UserID":null,"LastName":"","Location":["New York","Boston"],"Price":150}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null                 | {'UserID':[null]}                            | {'LastName':[null]}",
        "empty                | {'LastName':['']}                            | {'eventName':['']}",
        "equals               | {'eventName':['INSERT']}                     |"
            + " {'eventName':['insert']}",
        "equals of a list     | {'eventName':['MODIFY','INSERT']}            |"
            + " {'eventName':['MODIFY','REMOVE']}",
        "equals of an element | {'Location':['Boston']}                      |"
            + " {'Location':['Berlin']}",
        "equals, a boolean    | {'dynamodb':{'NewImage':{'shout':{'BOOL':[true]}}}} |"
            + " {'dynamodb':{'NewImage':{'shout':{'BOOL':[false]}}}}",
        "ignore case          | {'eventName':[{'equals-ignore-case':'insert'}]} |"
            + " {'eventName':[{'equals-ignore-case':'modify'}]}",
        "and                  | {'eventName':['INSERT'],'Price':[150]}       |"
            + " {'eventName':['INSERT'],'Price':[151]}",
        "or                   | {'eventName':['INSERT','MODIFY']}            |"
            + " {'eventName':['REMOVE','MODIFY']}",
        "or over fields       | {'$or':[{'eventName':['MODIFY']},{'Price':[150]}]} |"
            + " {'$or':[{'eventName':['MODIFY']},{'Price':[1]}]}",
        "not                  | {'eventName':[{'anything-but':['MODIFY']}]}  |"
            + " {'eventName':[{'anything-but':['INSERT','MODIFY']}]}",
        "not with a prefix    | {'eventName':[{'anything-but':{'prefix':'MOD'}}]} |"
            + " {'eventName':[{'anything-but':{'prefix':'INS'}}]}",
        "numeric equals       | {'Price':[{'numeric':['=',150.0]}]}          |"
            + " {'Price':[{'numeric':['=',149]}]}",
        "numeric range        | {'Price':[{'numeric':['>',149,'<=',150]}]}   |"
            + " {'Price':[{'numeric':['>',150,'<=',151]}]}",
        "exists               | {'eventName':[{'exists':true}]}              |"
            + " {'missing':[{'exists':true}]}",
        "does not exist       | {'missing':[{'exists':false}]}               |"
            + " {'eventName':[{'exists':false}]}",
        "begins with          | {'eventName':[{'prefix':'INS'}]}             |"
            + " {'eventName':[{'prefix':'ins'}]}",
        "ends with            | {'eventName':[{'suffix':'ERT'}]}             |"
            + " {'eventName':[{'suffix':'INS'}]}",
        "nested keys          | {'dynamodb':{'Keys':{'room':{'S':['lobby']}}}} |"
            + " {'dynamodb':{'Keys':{'room':{'S':['attic']}}}}",
        "an attribute's type  | {'dynamodb':{'NewImage':{'data':{'S':[{'exists':true}]}}}} |"
            + " {'dynamodb':{'NewImage':{'data':{'N':[{'exists':true}]}}}}",
        "a number is a text   | {'dynamodb':{'NewImage':{'position':{'N':['42']}}}} |"
            + " {'dynamodb':{'NewImage':{'position':{'N':[{'numeric':['=',42]}]}}}}",
        "exists is for leaves | {'dynamodb':{'SizeBytes':[{'exists':true}]}} |"
            + " {'dynamodb':{'NewImage':[{'exists':true}]}}",
      })
  void eachOperatorPassesWhatMatchesAndDropsTheRest(String name, String passes, String drops) {
    assertThat(filter(passes).passes(RECORD)).as(name).isTrue();
    assertThat(filter(drops).passes(RECORD)).as(name).isFalse();
  }

  @Test
  void everythingPassesWithoutPatterns() {
    assertThat(new EventFilter(List.of()).passes(RECORD)).isTrue();
  }

  @Test
  void onePatternThatMatchesIsEnough() {
    var filter =
        new EventFilter(List.of("{\"eventName\":[\"MODIFY\"]}", "{\"eventName\":[\"INSERT\"]}"));
    assertThat(filter.passes(RECORD)).isTrue();
    assertThat(filter.passes(RECORD.replace("INSERT", "MODIFY"))).isTrue();
    assertThat(filter.passes(RECORD.replace("INSERT", "REMOVE"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eventName",
        "[]",
        "{'eventName':'INSERT'}",
        "{'eventName':[]}",
        "{'eventName':[{'wildcard':'INS*'}]}",
        "{'eventName':[{'cidr':'10.0.0.0/24'}]}",
        "{'eventName':[{'starts-with':'INS'}]}",
        "{'$or':[{'eventName':[{'wildcard':'*'}]},{'Price':[1]}]}",
        "{'Price':[{'numeric':['~',1]}]}",
        "{'eventName':[{'exists':'yes'}]}",
      })
  void whatIsNoPatternOfLambdaIsRefusedWithItsText(String pattern) {
    var json = pattern.replace('\'', '"');
    assertThatThrownBy(() -> new EventFilter(List.of(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(json);
  }

  @Test
  void aPatternHasAtMost4096Characters() {
    var longest = patternOf(4_096);
    assertThat(new EventFilter(List.of(longest)).passes(RECORD)).isFalse();
    assertThatThrownBy(() -> new EventFilter(List.of(patternOf(4_097))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("filter pattern of 4097 characters; the limit is 4096");
  }

  private static String patternOf(int characters) {
    var frame = "{\"eventName\":[\"\"]}";
    return frame.replace("\"\"", "\"" + "x".repeat(characters - frame.length()) + "\"");
  }

  private static EventFilter filter(String pattern) {
    return new EventFilter(List.of(pattern.replace('\'', '"')));
  }
}
