package io.roomlog.tests.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.RoomLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
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

  private record Position(String room, long position) {}

  private record Claim(String by, long nanos) {}

  private record Sent(String sender, String room, String data) {}

  private record Reader(String device, String room) {}

  private final VirtualTime time;
  private final Map<Position, Claim> claims = new HashMap<>();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final Map<String, Long> acknowledged = new LinkedHashMap<>();
  private final Map<Reader, Long> lastOwn = new HashMap<>();
  private final Map<Reader, List<JsonNode>> received = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private Predicate<String> isLive = _ -> false;

  Witness(VirtualTime time) {
    this.time = time;
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
    Claim claim = claims.get(new Position(room.value(), entry.position()));
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

  void sent(String sender, String room, String id, String data) {
    sent.put(id, new Sent(sender, room, data));
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
    List<JsonNode> before =
        received.computeIfAbsent(new Reader(device, room), _ -> new ArrayList<>());
    if (!before.isEmpty() && before.getLast().path("position").longValue() + 1 != position) {
      violation(
          device
              + " read "
              + position
              + " after "
              + before.getLast().path("position")
              + " in "
              + room);
    }
    before.add(entry);
  }

  /** Compares everything with the log, once all is quiet. */
  void compare(LogStore log, List<String> rooms, List<Device> devices) {
    for (String room : rooms) {
      compare(log, new RoomName(room), devices);
    }
    sent.keySet().stream()
        .filter(id -> id.startsWith(Device.ACKNOWLEDGED) && !acknowledged.containsKey(id))
        .forEach(id -> violation(id + " was never acknowledged"));
  }

  private void compare(LogStore store, RoomName room, List<Device> devices) {
    Map<Long, Entry> log = new TreeMap<>();
    List<Entry> page;
    long after = 0;
    do {
      page = store.after(room, after, RoomLog.PAGE_ENTRIES_MAX).entries();
      page.forEach(entry -> log.put(entry.position(), entry));
      after = page.isEmpty() ? after : page.getLast().position();
    } while (!page.isEmpty());
    long head = store.counter(room).head();
    if (devices.stream()
        .anyMatch(one -> one.follows(room.value()) && one.readsFromTheBeginning())) {
      LongStream.rangeClosed(1, head)
          .filter(position -> !log.containsKey(position))
          .forEach(position -> violation(room + " has a hole at " + position));
    }
    compareSends(room, log);
    devices.stream()
        .filter(device -> device.follows(room.value()))
        .forEach(device -> compare(device, room.value(), log, head));
  }

  private void compareSends(RoomName room, Map<Long, Entry> log) {
    Set<String> seen = new HashSet<>();
    log.values().stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .forEach(message -> compare(room, message, seen));
    acknowledged.forEach(
        (id, position) -> {
          Sent what = sent.get(id);
          if (what != null
              && what.room().equals(room.value())
              && !(log.get(position) instanceof Entry.Message message && id.equals(message.id()))) {
            violation(
                id + " was acknowledged at " + position + ", where " + log.get(position) + " is");
          }
        });
  }

  private void compare(RoomName room, Entry.Message message, Set<String> seen) {
    String id = Device.idIn(message.data());
    Sent what = sent.get(id);
    if (what == null || !what.room().equals(room.value()) || !what.data().equals(message.data())) {
      violation(room + " " + message.position() + " holds what nobody has sent");
    }
    if (!seen.add(id)) {
      violation(id + " is stored twice, the second time at " + message.position());
    }
  }

  private void compare(Device device, String room, Map<Long, Entry> log, long head) {
    List<JsonNode> entries = received.getOrDefault(new Reader(device.name(), room), List.of());
    long last = entries.isEmpty() ? 0 : entries.getLast().path("position").longValue();
    boolean hasRead = !entries.isEmpty() || device.readsFromTheBeginning();
    if (hasRead && last != head) {
      violation(
          device.name() + " has read up to " + last + " of " + room + ", the head is " + head);
    }
    if (device.readsFromTheBeginning() && entries.size() != head) {
      violation(device.name() + " has read " + entries.size() + " of " + room + ", of " + head);
    }
    entries.stream()
        .filter(entry -> !isSame(entry, log.get(entry.path("position").longValue())))
        .forEach(
            entry -> violation(device.name() + " has read what is not in " + room + ": " + entry));
  }

  private static boolean isSame(JsonNode read, @Nullable Entry stored) {
    return switch (stored) {
      case null -> false;
      case Entry.Voided _ -> read.path("type").asText().equals("void");
      case Entry.Message message ->
          read.path("type").isMissingNode()
              && read.path("sender").asText().equals(message.sender())
              && read.path("at").longValue() == message.at().toEpochMilli()
              && read.path("data").toString().equals(message.data());
    };
  }
}
