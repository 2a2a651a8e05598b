package io.roomlog.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionTest {
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/t";
  private static final String OTHER = "arn:aws:dynamodb:us-east-1:000000000000:table/other";

  private static Function with(Statement... statements) {
    return new Function(
        "F", "f", "arn", "H", "jar", Map.of(), Duration.ofSeconds(3), 128, List.of(statements));
  }

  private static Statement statement(Statement.Effect effect, String action, String resource) {
    return new Statement(effect, List.of(action), List.of(resource));
  }

  @Test
  void whatNoStatementAllowsIsDenied() {
    assertThat(with().allows("dynamodb:GetItem", TABLE)).isFalse();
  }

  @Test
  void aStatementAllowsItsActionOnItsResourceOnly() {
    Function function = with(statement(Statement.Effect.ALLOW, "dynamodb:GetItem", TABLE));
    assertThat(function.allows("dynamodb:GetItem", TABLE)).isTrue();
    assertThat(function.allows("dynamodb:GetItem", OTHER)).isFalse();
    assertThat(function.allows("dynamodb:GetItems", TABLE)).isFalse();
  }

  @Test
  void actionsAreComparedWithoutCaseAndResourcesWithIt() {
    Function function = with(statement(Statement.Effect.ALLOW, "DynamoDB:getitem", TABLE));
    assertThat(function.allows("dynamodb:GetItem", TABLE)).isTrue();
    assertThat(function.allows("dynamodb:GetItem", TABLE.replace("table/t", "table/T"))).isFalse();
  }

  @Test
  void aDenialOutweighsAnAllowance() {
    Function function =
        with(
            statement(Statement.Effect.DENY, "dynamodb:Delete*", "*"),
            statement(Statement.Effect.ALLOW, "dynamodb:*", TABLE));
    assertThat(function.allows("dynamodb:DeleteItem", TABLE)).isFalse();
    assertThat(function.allows("dynamodb:PutItem", TABLE)).isTrue();
  }
}
