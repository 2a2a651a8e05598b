package io.roomlog.local.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoDbCallsTest {
  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:000000000000:table/";

  private final DynamoDbCalls calls = new DynamoDbCalls("eu-west-1", "000000000000");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PutItem     | {\"TableName\":\"t\",\"Item\":{}}                | dynamodb:PutItem t",
        "Query       | {\"TableName\":\"t\"}                            | dynamodb:Query t",
        "Query       | {\"TableName\":\"t\",\"IndexName\":\"i\"}        | dynamodb:Query t/index/i",
        "UpdateTable | {\"TableName\":\"t\"}                            | dynamodb:UpdateTable t",
      })
  void aCallOnATableNeedsItsOwnActionOnThatTable(String operation, String body, String expected)
      throws IOException {
    String[] actionAndTable = expected.split(" ", -1);
    assertThat(calls.calls("DynamoDB_20120810." + operation, body.getBytes(UTF_8)))
        .containsExactly(new Call(actionAndTable[0], TABLE + actionAndTable[1]));
  }

  @Test
  void aTransactionNeedsTheActionOfEachItem() throws IOException {
    String body =
        """
        {"TransactItems": [
          {"Put": {"TableName": "a"}}, {"Update": {"TableName": "b"}},
          {"Delete": {"TableName": "c"}}, {"ConditionCheck": {"TableName": "d"}}]}\
        """;
    assertThat(of("TransactWriteItems", body))
        .containsExactly(
            new Call("dynamodb:PutItem", TABLE + "a"),
            new Call("dynamodb:UpdateItem", TABLE + "b"),
            new Call("dynamodb:DeleteItem", TABLE + "c"),
            new Call("dynamodb:ConditionCheckItem", TABLE + "d"));
  }

  @Test
  void aTransactionOfReadsNeedsGetItem() throws IOException {
    assertThat(of("TransactGetItems", "{\"TransactItems\":[{\"Get\":{\"TableName\":\"a\"}}]}"))
        .containsExactly(new Call("dynamodb:GetItem", TABLE + "a"));
  }

  @Test
  void aBatchNeedsItsOwnActionOnEachTable() throws IOException {
    assertThat(of("BatchGetItem", "{\"RequestItems\":{\"a\":{},\"b\":{}}}"))
        .containsExactly(
            new Call("dynamodb:BatchGetItem", TABLE + "a"),
            new Call("dynamodb:BatchGetItem", TABLE + "b"));
  }

  @Test
  void aTableNamedByItsArnIsThatResource() throws IOException {
    assertThat(of("GetItem", "{\"TableName\":\"arn:aws:dynamodb:x:1:table/t\"}"))
        .containsExactly(new Call("dynamodb:GetItem", "arn:aws:dynamodb:x:1:table/t"));
  }

  @Test
  void whatNamesNoTableNeedsTheActionOnEverything() throws IOException {
    assertThat(of("ListTables", "{}")).containsExactly(new Call("dynamodb:ListTables", "*"));
    assertThat(of("ExecuteStatement", "{\"Statement\":\"SELECT * FROM t\"}"))
        .containsExactly(new Call("dynamodb:ExecuteStatement", "*"));
  }

  @Test
  void aBodyThatIsNoJsonIsLeftToDynamoDb() {
    assertThatThrownBy(() -> of("PutItem", "{")).isInstanceOf(IOException.class);
  }

  private List<Call> of(String operation, String body) throws IOException {
    return calls.calls("DynamoDB_20120810." + operation, body.getBytes(UTF_8));
  }
}
