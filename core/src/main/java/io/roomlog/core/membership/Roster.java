package io.roomlog.core.membership;

import java.util.List;

/**
 * A room's members, as one reading of all its shards found them.
 *
 * @param members whose membership has not expired
 * @param rows how many rows were read, expired ones too
 * @param shards how many shards were read
 */
public record Roster(List<Member> members, int rows, int shards) {

  /** Copies what is given. */
  public Roster {
    members = List.copyOf(members);
  }
}
