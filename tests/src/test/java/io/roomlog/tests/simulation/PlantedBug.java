package io.roomlog.tests.simulation;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.Slice;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ForwardingLogStore;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import io.roomlog.tests.client.CarelessClients;
import io.roomlog.tests.client.RoomlogClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Bugs that the simulation must catch. */
enum PlantedBug {
  /** Two entries at one position. */
  PUT_WITHOUT_CONDITION("was acknowledged at") {
    @Override
    Parts parts() {
      return new Parts() {
        @Override
        MemoryLogStore tables() {
          return new Overwriting();
        }
      };
    }
  },

  /** A writer whose call was repeated takes its own entry for another's. */
  NO_NONCE("is stored twice") {
    @Override
    Parts parts() {
      return new Parts() {
        @Override
        LogStore log(LogStore proper, Environment by) {
          return new WithoutNonce(proper);
        }
      };
    }
  },

  /** A client shows what follows a gap before the gap is closed. */
  NO_HOLDING_BACK(" read ") {
    @Override
    Parts parts() {
      return new Parts() {
        @Override
        RoomlogClient client(RandomGenerator random) {
          return CarelessClients.withoutHoldingBack(random);
        }
      };
    }
  },

  /** Whoever got a 410 is not asked after. */
  ROW_REMOVED_ON_ANY_410("was removed, and it is open") {
    @Override
    Settings settings() {
      return Settings.shortDay(EnumSet.of(Fault.POST_GONE));
    }

    @Override
    Parts parts() {
      return new Parts() {
        @Override
        Posts posts(Posts proper) {
          return new NeverThere(proper);
        }
      };
    }
  },

  /** A message falls between the head and the registration; it is the last of its room. */
  HEAD_BEFORE_REGISTRATION(" has read ") {
    @Override
    Settings settings() {
      return Settings.quietRooms(EnumSet.of(Fault.CUT));
    }

    @Override
    Parts parts() {
      return new Parts() {
        @Override
        Membership membership(Membership proper, VirtualTime time) {
          return new RegisteringLate(proper, time);
        }

        @Override
        RoomlogClient client(RandomGenerator random) {
          // Which would find the message at last.
          return CarelessClients.withoutSync(random);
        }
      };
    }

    @Override
    Parts proper() {
      return new Parts() {
        @Override
        RoomlogClient client(RandomGenerator random) {
          return CarelessClients.withoutSync(random);
        }
      };
    }
  },

  /** Writers that live lose their positions to readers. */
  FILL_WITHOUT_AGE("was closed under its writer's hands") {
    @Override
    Parts parts() {
      return new Parts() {
        @Override
        InstantSource readersClock(InstantSource proper) {
          return InstantSource.offset(proper, Duration.ofHours(1));
        }
      };
    }
  },

  /** A writer dies after its entry and before its marker. */
  MARKER_OUTSIDE_THE_TRANSACTION("is stored twice") {
    @Override
    Parts parts() {
      Map<Marker.Key, Marker> markers = new HashMap<>();
      return new Parts() {
        @Override
        LogStore log(LogStore proper, Environment by) {
          return new MarkerApart(proper, by, markers);
        }
      };
    }
  },

  /** The push of a room's last message is lost, and nobody asks. */
  NO_SYNC(" has read ") {
    @Override
    Settings settings() {
      return Settings.quietRooms(EnumSet.allOf(Fault.class));
    }

    @Override
    Parts parts() {
      return new Parts() {
        @Override
        RoomlogClient client(RandomGenerator random) {
          return CarelessClients.withoutSync(random);
        }
      };
    }
  };

  private final String caughtAs;

  PlantedBug(String caughtAs) {
    this.caughtAs = caughtAs;
  }

  /** The parts, one of them wrong. */
  abstract Parts parts();

  /** The same parts without the bug. */
  Parts proper() {
    return new Parts();
  }

  /** The day that shows it. */
  Settings settings() {
    return Settings.shortDay(EnumSet.allOf(Fault.class));
  }

  /** What a violation says. */
  String caughtAs() {
    return caughtAs;
  }

  /** Two entries at one position, the later one stays. */
  private static final class Overwriting extends MemoryLogStore {
    private record Position(RoomName room, long position) {}

    private final Map<Position, Entry> later = new HashMap<>();

    @Override
    public synchronized Put put(RoomName room, Entry entry, Retention retention) {
      if (super.put(room, entry, retention) instanceof Put.Occupied) {
        later.put(new Position(room, entry.position()), entry);
      }
      return new Put.Written();
    }

    @Override
    public synchronized Slice after(RoomName room, long after, int limit) {
      Slice slice = super.after(room, after, limit);
      return new Slice(
          slice.entries().stream()
              .map(entry -> later.getOrDefault(new Position(room, entry.position()), entry))
              .toList(),
          slice.exhausted());
    }
  }

  /** Nobody can see that what stands at a position is an own entry. */
  private static final class WithoutNonce extends ForwardingLogStore {
    WithoutNonce(LogStore store) {
      super(store);
    }

    @Override
    public Put put(RoomName room, Entry entry, Retention retention) {
      Put put = super.put(room, entry, retention);
      return put instanceof Put.Occupied(Entry.Message by)
          ? new Put.Occupied(
              new Entry.Message(
                  by.position(), by.at(), "none", by.id(), by.sender(), by.name(), by.data()))
          : put;
    }
  }

  /** Answers at once, and registers after the head has been read. */
  private static final class RegisteringLate implements Membership {
    private static final Duration LATE = Duration.ofSeconds(2);

    private final Membership proper;
    private final VirtualTime time;

    RegisteringLate(Membership proper, VirtualTime time) {
      this.proper = proper;
      this.time = time;
    }

    @Override
    public Member join(RoomName room, Connection connection) {
      time.after(LATE, () -> time.start(() -> proper.join(room, connection)));
      return Member.of(room, 0, connection, "late");
    }

    @Override
    public boolean leave(RoomName room, String connectionId) {
      return proper.leave(room, connectionId);
    }

    @Override
    public int leaveAll(String connectionId) {
      return proper.leaveAll(connectionId);
    }

    @Override
    public List<RoomName> rooms(String connectionId) {
      return proper.rooms(connectionId);
    }

    @Override
    public Roster roster(RoomName room, Instant now) {
      return proper.roster(room, now);
    }

    @Override
    public List<Connection> connections(RoomName room, Instant now) {
      return proper.connections(room, now);
    }

    @Override
    public Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now) {
      return proper.membersUpTo(most, room, now);
    }

    @Override
    public boolean grow(RoomName room, int shards) {
      return proper.grow(room, shards);
    }

    @Override
    public boolean prune(Member member) {
      return proper.prune(member);
    }
  }

  /** The entry first, and then the marker. */
  private static final class MarkerApart extends ForwardingLogStore {
    private final Environment environment;
    private final Map<Marker.Key, Marker> markers;

    MarkerApart(LogStore store, Environment environment, Map<Marker.Key, Marker> markers) {
      super(store);
      this.environment = environment;
      this.markers = markers;
    }

    @Override
    public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
      Marker known = markers.get(marker.key());
      if (known != null) {
        return new Put.Known(known);
      }
      Put put = super.put(room, message, retention);
      if (put instanceof Put.Written) {
        environment.point("marker put");
        environment.travel();
        markers.put(marker.key(), marker);
      }
      return put;
    }

    @Override
    public Optional<Marker> marker(Marker.Key key, Instant now) {
      return Optional.ofNullable(markers.get(key));
    }
  }

  /** Says of everybody that they are gone. */
  private record NeverThere(Posts proper) implements Posts {
    @Override
    public Posted post(String connectionId, Frame frame) {
      return proper.post(connectionId, frame);
    }

    @Override
    public Existence find(String connectionId) {
      return Existence.ABSENT;
    }
  }
}
