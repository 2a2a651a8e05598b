package io.roomlog.core.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.MembershipContract;
import io.roomlog.core.testing.TestTables;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoMembershipTest extends MembershipContract {

  private final TestTables tables = TestTables.fresh();

  @Override
  protected Membership emptyMembership() {
    return TestTables.fresh().membership();
  }

  @Test
  void whenARoomGetsMoreShardsOldRowsStayAndAreFound() {
    DynamoMembership membership = tables.membership();
    membership.join(ROOM, connection("a="));
    setShards(8);
    Set<Integer> shards = new HashSet<>();
    for (char id = 'b'; id <= 'z'; id++) {
      shards.add(membership.join(ROOM, connection(id + "=")).shard());
    }
    assertThat(shards).hasSizeGreaterThan(1).allMatch(shard -> shard < 8);
    assertThat(membership.members(ROOM, NOW)).hasSize(26);
  }

  @Test
  void joiningAgainStaysInItsShardWhenThereAreMore() {
    DynamoMembership membership = tables.membership();
    membership.join(ROOM, connection("b="));
    setShards(1_000);
    Member again = membership.join(ROOM, connection("b="));
    assertThat(again.shard()).isZero();
    assertThat(membership.leaveAll("b=")).isEqualTo(1);
    assertThat(rows()).isZero();
  }

  @Test
  void nothingIsLeftOfWhoHasLeft() {
    DynamoMembership membership = tables.membership();
    membership.join(ROOM, connection("a="));
    membership.join(OTHER, connection("a="));
    assertThat(rows()).isEqualTo(4);
    membership.leave(ROOM, "a=");
    assertThat(rows()).isEqualTo(2);
    membership.leaveAll("a=");
    assertThat(rows()).isZero();
  }

  @Test
  void aRowThatANewerVersionWroteDoesNotHideTheOthers() {
    DynamoMembership membership = tables.membership();
    Member member = membership.join(ROOM, connection("a="));
    membership.join(ROOM, connection("b="));
    tables
        .dynamo()
        .updateItem(
            request ->
                request
                    .tableName(tables.name("connections"))
                    .key(MemberItem.key(ROOM, member.shard(), "b="))
                    .updateExpression("SET dialect = :new")
                    .expressionAttributeValues(Map.of(":new", AttributeValue.fromS("roomlog.v9"))));
    assertThat(membership.members(ROOM, NOW)).containsExactly(member);
  }

  private int rows() {
    return tables.dynamo().scan(request -> request.tableName(tables.name("connections"))).count();
  }

  private void setShards(int shards) {
    tables
        .dynamo()
        .updateItem(
            request ->
                request
                    .tableName(tables.name("rooms"))
                    .key(Map.of("room", AttributeValue.fromS(ROOM.value())))
                    .updateExpression("SET shards = :shards")
                    .expressionAttributeValues(
                        Map.of(":shards", AttributeValue.fromN(Integer.toString(shards)))));
  }
}
