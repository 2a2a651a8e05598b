package io.roomlog.local.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Statement;
import io.roomlog.local.deployment.Statement.Effect;
import io.roomlog.local.deployment.Table;
import io.roomlog.local.functions.Credentials;
import io.roomlog.local.functions.Role;
import io.roomlog.local.tables.TablesServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyFrontTest {
  private static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/";
  private static final Function WRITER =
      function(
          "Writer",
          new Statement(Effect.ALLOW, List.of("dynamodb:PutItem"), List.of(ARN + "one")),
          new Statement(Effect.ALLOW, List.of("dynamodb:Put*"), List.of(ARN + "locked")),
          new Statement(Effect.DENY, List.of("dynamodb:*"), List.of(ARN + "locked")));
  private static final List<Role> ROLES = Role.all(List.of(function("Idle"), WRITER));

  private final TablesServer tables =
      TablesServer.inMemory(
          behind ->
              PolicyFront.ofDynamoDb(behind, new Policies(ROLES), "eu-west-1", "000000000000"));
  private final DynamoDbClient writer = client(ROLES.get(1).credentials());

  @BeforeAll
  void theTablesExist() {
    tables.create(List.of(table("one"), table("other"), table("locked")));
  }

  @AfterAll
  void close() {
    writer.close();
    tables.close();
  }

  @Test
  void whatAStatementAllowsGoesThrough() {
    writer.putItem(r -> r.tableName("one").item(item("a")));
    try (DynamoDbClient operator = tables.client()) {
      assertThat(operator.getItem(r -> r.tableName("one").key(item("a"))).item())
          .isEqualTo(item("a"));
    }
  }

  @Test
  void anotherActionIsRefusedAsDynamoDbRefusesIt() {
    assertThatThrownBy(() -> writer.getItem(r -> r.tableName("one").key(item("a"))))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
              assertThat(refused.awsErrorDetails().errorMessage())
                  .isEqualTo(
                      "User: arn:aws:sts::000000000000:assumed-role/stack-WriterRole/stack-Writer"
                          + " is not authorized to perform: dynamodb:GetItem on resource: "
                          + ARN
                          + "one because no identity-based policy allows the dynamodb:GetItem"
                          + " action");
            });
  }

  @Test
  void anotherTableIsRefused() {
    assertThatThrownBy(() -> writer.putItem(r -> r.tableName("other").item(item("a"))))
        .hasMessageContaining("dynamodb:PutItem on resource: " + ARN + "other");
  }

  @Test
  void aDenialWinsOverWhatIsAllowed() {
    assertThatThrownBy(() -> writer.putItem(r -> r.tableName("locked").item(item("a"))))
        .hasMessageContaining("dynamodb:PutItem on resource: " + ARN + "locked");
  }

  @Test
  void aTransactionIsRefusedWholeForOneOfItsItems() {
    assertThatThrownBy(
            () -> writer.transactWriteItems(r -> r.transactItems(put("one"), put("other"))))
        .hasMessageContaining("dynamodb:PutItem on resource: " + ARN + "other");
    try (DynamoDbClient operator = tables.client()) {
      assertThat(operator.getItem(r -> r.tableName("one").key(item("transaction"))).hasItem())
          .isFalse();
    }
  }

  @Test
  void oneFunctionsPolicyIsOfNoUseToAnother() {
    try (DynamoDbClient idle = client(ROLES.get(0).credentials())) {
      assertThatThrownBy(() -> idle.putItem(r -> r.tableName("one").item(item("a"))))
          .hasMessageContaining("stack-IdleRole/stack-Idle is not authorized");
    }
  }

  private static TransactWriteItem put(String table) {
    return TransactWriteItem.builder()
        .put(p -> p.tableName(table).item(item("transaction")))
        .build();
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Table table(String name) {
    return new Table(name, name, new Table.Key("id", "S"), null, null, null);
  }

  private static Function function(String id, Statement... statements) {
    return new Function(
        id,
        "stack-" + id,
        "arn:aws:lambda:eu-west-1:000000000000:function:stack-" + id,
        "io.example.It",
        "it.jar",
        Map.of(),
        Duration.ofSeconds(3),
        128,
        List.of(statements));
  }

  private DynamoDbClient client(Credentials credentials) {
    return DynamoDbClient.builder()
        .endpointOverride(tables.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create(
                    credentials.accessKeyId(),
                    credentials.secretAccessKey(),
                    credentials.sessionToken())))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
