package io.roomlog.tests.simulation;

import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.posts.Posts;
import io.roomlog.tests.client.RoomlogClient;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What a simulation is made of. A test that plants a bug replaces one part by a wrong one. */
class Parts {

  /** The log's tables. */
  MemoryLogStore tables() {
    return new MemoryLogStore();
  }

  /** The tables as an environment reaches them. */
  LogStore log(LogStore proper, Environment by) {
    return proper;
  }

  /** The memberships as the routes reach them. */
  Membership membership(Membership proper, VirtualTime time) {
    return proper;
  }

  /** The gateway as the fan-out reaches it. */
  Posts posts(Posts proper) {
    return proper;
  }

  /** The clock of the functions that read. */
  InstantSource readersClock(InstantSource proper) {
    return proper;
  }

  /** The client. */
  RoomlogClient client(RandomGenerator random) {
    return new RoomlogClient(random);
  }
}
