package io.roomlog.core.memory;

import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.MembershipContract;

class MemoryMembershipTest extends MembershipContract {

  @Override
  protected Membership emptyMembership() {
    return new MemoryMembership();
  }
}
