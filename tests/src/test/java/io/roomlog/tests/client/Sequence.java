package io.roomlog.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Brings the entries of one room into their order: drops what it has, holds back behind a gap. */
class Sequence {

  /** Entries held back at most. More are dropped; they stay a gap and are read later. */
  static final int HELD_MAX = 10_000;

  /** A client that has not begun does not know where the room stands. */
  private static final long NOT_BEGUN = -1;

  private long last;
  private long head;
  private final NavigableMap<Long, JsonNode> held = new TreeMap<>();

  private Sequence(long last) {
    this.last = last;
  }

  /** For variants: begins where another does. */
  Sequence(Sequence other) {
    this(other.last);
  }

  /** Of a client that wants what is new from now on. */
  static Sequence fromNowOn() {
    return new Sequence(NOT_BEGUN);
  }

  /** Of a client that has everything up to a position; 0 for nothing. */
  static Sequence after(long position) {
    return new Sequence(position);
  }

  boolean hasBegun() {
    return last != NOT_BEGUN;
  }

  /** The last position in sequence. */
  long last() {
    return last;
  }

  /** How many positions are missing before the first that is held back, or up to the head. */
  long gap() {
    if (!hasBegun()) {
      return 0;
    }
    return (held.isEmpty() ? head : held.firstKey() - 1) - last;
  }

  /** Takes a head that the server told: every position up to it is there, or will be. */
  void told(long toldHead) {
    head = Math.max(head, toldHead);
  }

  /** Begins after a position, or goes on after it when what lies between has expired. */
  void skipTo(long position) {
    last = Math.max(last, position);
    held.headMap(last, true).clear();
  }

  /** Takes an entry, and gives what is now in sequence. */
  List<JsonNode> take(JsonNode entry) {
    long position = entry.path("position").longValue();
    told(position);
    if (position > last && (held.size() < HELD_MAX || position < held.lastKey())) {
      held.putIfAbsent(position, entry);
    }
    if (held.size() > HELD_MAX) {
      held.pollLastEntry();
    }
    return inSequence();
  }

  /** What follows on what was given before. */
  List<JsonNode> inSequence() {
    List<JsonNode> next = new ArrayList<>();
    while (hasBegun() && !held.isEmpty() && held.firstKey() == last + 1) {
      next.add(held.pollFirstEntry().getValue());
      last++;
    }
    return next;
  }
}
