package io.roomlog.fanout;

import io.roomlog.core.membership.Member;
import java.util.List;

/** Posts to the members of a room who are known already. */
@FunctionalInterface
interface MembersPush {

  /**
   * Posts.
   *
   * @throws InterruptedException if the invocation is being abandoned
   */
  RoomDelivery.Result deliver(News news, List<Member> members) throws InterruptedException;
}
