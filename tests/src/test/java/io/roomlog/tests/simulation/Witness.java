package io.roomlog.tests.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sees everything, and says what must not be. */
final class Witness {

  /** Violations that are told; a broken run would have thousands. */
  private static final int TOLD_MAX = 10;

  /**
   * A hole may be closed when it is five seconds old; its writer's clock and its reader's may be
   * wrong by two seconds each, and a claim takes some time. Nobody may close one that is younger
   * than what is left.
   */
  private static final Duration HOLE_AGE_MIN =
      Duration.ofMillis(900).minus(FaultyLog.CLAIM_LATE_MAX);

  private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(4);

  private record Position(String room, long position) {}

  private record Claim(String by, long nanos) {}

  private record Sent(String room, String data) {}

  private record Reader(String device, String room) {}

  private final VirtualTime time;
  private final Retention retention;
  private final Map<Position, Claim> claims = new HashMap<>();
  private final Map<Position, Entry> written = new LinkedHashMap<>();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final Map<String, Long> acknowledged = new LinkedHashMap<>();
  private final Map<Reader, Long> lastOwn = new HashMap<>();
  private final Map<Reader, Long> read = new HashMap<>();
  private final Map<Reader, List<JsonNode>> received = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private Predicate<String> isLive = _ -> false;

  Witness(VirtualTime time, Retention retention) {
    this.time = time;
    this.retention = retention;
  }

  /** Who can say whether a connection is open. */
  void ask(Predicate<String> live) {
    isLive = live;
  }

  void violation(String what) {
    if (violations.size() < TOLD_MAX) {
      violations.add("%.3f s: %s".formatted(time.nanos() / 1e9, what));
    }
  }

  List<String> violations() {
    return violations;
  }

  int sends() {
    return sent.size();
  }

  void claimed(RoomName room, long last, int count, String by) {
    for (long position = last - count + 1; position <= last; position++) {
      claims.put(new Position(room.value(), position), new Claim(by, time.nanos()));
    }
  }

  /** Only whoever took a position may close it at once. */
  void written(RoomName room, Entry entry, String by) {
    Position position = new Position(room.value(), entry.position());
    written.put(position, entry);
    Claim claim = claims.get(position);
    if (claim == null) {
      violation(room + " " + entry.position() + " was written, and nobody has taken it");
    } else if (entry instanceof Entry.Voided
        && !claim.by().equals(by)
        && time.nanos() - claim.nanos() < HOLE_AGE_MIN.toNanos()) {
      violation(room + " " + entry.position() + " was closed under its writer's hands");
    }
  }

  void pruned(String connectionId) {
    if (isLive.test(connectionId)) {
      violation("the row of " + connectionId + " was removed, and it is open");
    }
  }

  void sent(String room, String id, String data) {
    sent.put(id, new Sent(room, data));
  }

  void acknowledged(String device, String room, String id, long position) {
    if (acknowledged.put(id, position) != null) {
      violation(id + " was acknowledged twice");
    }
    Long before = lastOwn.put(new Reader(device, room), position);
    if (before != null && before >= position) {
      violation(id + " stands at " + position + ", what was sent before it at " + before);
    }
  }

  void received(String device, String room, long position, JsonNode entry) {
    Reader reader = new Reader(device, room);
    goesOn(reader, position);
    read.put(reader, position);
    received.computeIfAbsent(reader, _ -> new ArrayList<>()).add(entry);
  }

  /** A reader may be told that something has expired only if it has. */
  void skipped(String device, String room, long from, long to) {
    Reader reader = new Reader(device, room);
    goesOn(reader, from);
    read.put(reader, to);
    for (long position = from; position <= to; position++) {
      Entry entry = written.get(new Position(room, position));
      if (entry != null && !expired(entry)) {
        violation(device + " had to skip " + position + " in " + room + ", which is there");
      }
    }
  }

  private boolean expired(Entry entry) {
    return retention
        .expiresAt(entry.at())
        .filter(at -> at.minus(CLOCKS_APART_MAX).isBefore(time.instant()))
        .isPresent();
  }

  private void goesOn(Reader reader, long position) {
    Long before = read.get(reader);
    if (before != null && before + 1 != position) {
      violation("%s read %d after %d".formatted(reader, position, before));
    }
  }

  /** Compares everything with what was written, once all is quiet. */
  void compare(LogStore log, List<String> rooms, List<Device> devices) {
    for (String room : rooms) {
      long head = log.counter(new RoomName(room)).head();
      devices.stream()
          .filter(device -> device.follows(room))
          .forEach(device -> compare(device, room, head));
    }
    compareSends();
  }

  private void compareSends() {
    Set<String> seen = new HashSet<>();
    written.forEach(
        (position, entry) -> {
          if (entry instanceof Entry.Message message) {
            compare(position, message, seen);
          }
        });
    sent.forEach((id, what) -> compare(id, what.room()));
  }

  private void compare(Position position, Entry.Message message, Set<String> seen) {
    String id = Device.idIn(message.data());
    Sent what = sent.get(id);
    if (!new Sent(position.room(), message.data()).equals(what)) {
      violation(position + " holds what nobody has sent");
    }
    if (!seen.add(id)) {
      violation(id + " is stored twice, the second time at " + position);
    }
  }

  private void compare(String id, String room) {
    Long at = acknowledged.get(id);
    if (at == null) {
      if (id.startsWith(Device.ACKNOWLEDGED)) {
        violation(id + " was never acknowledged");
      }
      return;
    }
    Entry stored = written.get(new Position(room, at));
    if (!(stored instanceof Entry.Message message && id.equals(message.id()))) {
      violation(id + " was acknowledged at " + at + ", where " + stored + " is");
    }
  }

  private void compare(Device device, String room, long head) {
    Reader reader = new Reader(device.name(), room);
    Long last = read.get(reader);
    if (last == null ? device.readsFromTheBeginning() && head > 0 : last != head) {
      violation(device.name() + " has read up to " + last + " of " + room + ", not to " + head);
    }
    received
        .getOrDefault(reader, List.of())
        .forEach(
            entry -> {
              long position = entry.path("position").longValue();
              if (!isSame(entry, written.get(new Position(room, position)))) {
                violation(device.name() + " has read what is not in " + room + ": " + entry);
              }
            });
  }

  private static boolean isSame(JsonNode entry, @Nullable Entry stored) {
    return switch (stored) {
      case null -> false;
      case Entry.Voided _ -> entry.path("type").asText().equals("void");
      case Entry.Deleted _ -> entry.path("type").asText().equals("deleted");
      case Entry.Message message ->
          entry.path("type").isMissingNode()
              && Objects.equals(entry.path("id").textValue(), message.id())
              && entry.path("sender").asText().equals(message.sender())
              && entry.path("at").longValue() == message.at().toEpochMilli()
              && entry.path("data").toString().equals(message.data());
    };
  }
}
