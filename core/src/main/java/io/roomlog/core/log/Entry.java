package io.roomlog.core.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands at a position of a room's log. An entry is written once and never moves. */
public sealed interface Entry {

  /** Where it stands, from 1 on. */
  long position();

  /** The clock of whoever wrote it, to the millisecond. It need not rise with the position. */
  Instant at();

  /**
   * A message.
   *
   * @param position where it stands
   * @param at the writer's clock
   * @param nonce marks the attempt that wrote it; never leaves the storage
   * @param id the client's own id, or null
   * @param sender who sent it, as stamped by the server
   * @param name the sender's display name
   * @param data the body as minimal JSON text
   */
  record Message(
      long position,
      Instant at,
      String nonce,
      @Nullable String id,
      String sender,
      String name,
      String data)
      implements Entry {}

  /**
   * A position that its writer never filled, closed by somebody who met it empty.
   *
   * @param position where it stands
   * @param at of whoever took it, if that is who closed it, else of what stood above: so that it is
   *     as old as what is around it, and expires with it
   */
  record Voided(long position, Instant at) implements Entry {}

  /**
   * A message whose content was erased: who sent it, under which name and id, and what it said are
   * gone.
   *
   * @param position where the message stood; nothing moves up
   * @param at the message's
   * @param nonce the message's, so that a writer whose answer was lost still knows it for its own,
   *     and does not write again what was erased
   */
  record Deleted(long position, Instant at, String nonce) implements Entry {}

  /** Whether this is the entry that an attempt with that nonce wrote. */
  default boolean wroteBy(String nonce) {
    return switch (this) {
      case Message message -> message.nonce().equals(nonce);
      case Deleted deleted -> deleted.nonce().equals(nonce);
      case Voided _ -> false;
    };
  }
}
