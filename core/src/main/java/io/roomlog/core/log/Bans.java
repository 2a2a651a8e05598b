package io.roomlog.core.log;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may not use a room, or the deployment, and until when. They end by themselves, and stand in
 * the room's counter, which every send writes and every reader reads: so asking costs nothing.
 *
 * @param until the end of each sender's ban, in whole seconds
 */
public record Bans(Map<String, Instant> until) {

  /** Nobody is banned. */
  public static final Bans NONE = new Bans(Map.of());

  /**
   * Bans of a room at most, 30 of which make the counter's item a write unit larger, and every send
   * with it.
   */
  public static final int COUNT_MAX = 100;

  /** Copies what is given. */
  public Bans {
    until = Map.copyOf(until);
  }

  /** Those that have not ended. */
  public Bans at(Instant now) {
    Map<String, Instant> lasting = new HashMap<>(until);
    lasting.values().removeIf(end -> !now.isBefore(end));
    return lasting.size() == until.size() ? this : new Bans(lasting);
  }

  /** When a sender's ban ends; empty if there is none. */
  public Optional<Instant> of(String sender) {
    return Optional.ofNullable(until.get(sender));
  }

  /**
   * With one more, or another end of one.
   *
   * @return empty if there are too many
   */
  public Optional<Bans> with(String sender, Instant end) {
    Map<String, Instant> more = new HashMap<>(until);
    more.put(sender, Instant.ofEpochSecond(end.getEpochSecond()));
    return more.size() > COUNT_MAX ? Optional.empty() : Optional.of(new Bans(more));
  }

  /** Without one. */
  public Bans without(String sender) {
    Map<String, Instant> fewer = new HashMap<>(until);
    fewer.remove(sender);
    return new Bans(fewer);
  }
}
