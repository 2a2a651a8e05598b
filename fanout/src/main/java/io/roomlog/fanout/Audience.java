package io.roomlog.fanout;

import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is to get a room's share of a batch from here. */
@FunctionalInterface
interface Audience {

  /**
   * Who that is.
   *
   * @return empty if somebody else sees to the room
   * @throws io.roomlog.core.StorageUnavailable if it is not known, or nobody took the room over
   */
  Optional<List<Member>> of(Batch.RoomBatch batch, Instant now);

  /** Everybody, however many those are. */
  static Audience everybody(Membership membership) {
    return (batch, now) -> Optional.of(membership.members(batch.room(), now));
  }
}
