package io.roomlog.tests.simulation;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The memberships as one environment reaches them. */
final class FaultyMembership implements Membership {

  private final Membership membership;
  private final FaultyCalls calls;
  private final Witness witness;

  FaultyMembership(Membership membership, FaultyCalls calls, Witness witness) {
    this.membership = membership;
    this.calls = calls;
    this.witness = witness;
  }

  @Override
  public Member join(RoomName room, Connection connection) {
    return calls.write("join", () -> membership.join(room, connection));
  }

  @Override
  public boolean leave(RoomName room, String connectionId) {
    return calls.write("leave", () -> membership.leave(room, connectionId));
  }

  @Override
  public int leaveAll(String connectionId) {
    return calls.write("leaveAll", () -> membership.leaveAll(connectionId));
  }

  @Override
  public List<RoomName> rooms(String connectionId) {
    return calls.read("rooms", () -> membership.rooms(connectionId));
  }

  @Override
  public Roster roster(RoomName room, Instant now) {
    return calls.read("members", () -> membership.roster(room, now));
  }

  @Override
  public List<Connection> connections(RoomName room, Instant now) {
    return calls.read("connections", () -> membership.connections(room, now));
  }

  @Override
  public Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now) {
    return calls.read("members", () -> membership.membersUpTo(most, room, now));
  }

  @Override
  public boolean grow(RoomName room, int shards) {
    return calls.write("grow", () -> membership.grow(room, shards));
  }

  @Override
  public boolean prune(Member member) {
    return calls.write(
        "prune",
        () -> {
          witness.pruned(member.connectionId());
          return membership.prune(member);
        });
  }
}
