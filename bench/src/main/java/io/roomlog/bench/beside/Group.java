package io.roomlog.bench.beside;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A room, its living connections, and the rows of its dead ones.
 *
 * @param room its name
 * @param living who is to get every message
 * @param members all rows, those of the dead ones too
 * @param dead of these, those behind which nobody is any more
 */
record Group(RoomName room, List<Client> living, List<Connection> members, List<Connection> dead) {

  /** Connects a room, and cuts the last ones without a close. */
  static Group connect(World world, String name, int size, int dying, PostsToDead deadPosts) {
    RoomName room = new RoomName(name);
    List<Client> all =
        IntStream.range(0, size)
            .mapToObj(i -> world.connectRoomlog("room=" + name + "&name=" + i))
            .toList();
    List<Connection> members = world.connections(room);
    List<Connection> dead =
        members.stream().filter(member -> Integer.parseInt(member.name()) >= size - dying).toList();
    all.subList(size - dying, size).forEach(Client::cut);
    dead.forEach(member -> deadPosts.died(member.id()));
    return new Group(room, all.subList(0, size - dying), members, dead);
  }

  int size() {
    return members.size();
  }

  /** Puts back what has been pruned: for Roomlog, the dead ones as they were a minute later. */
  void restore(World world, SampleRows rows) {
    dead.forEach(member -> world.age(room, member));
    rows.set(members.stream().map(member -> member.id()).toList());
  }
}
