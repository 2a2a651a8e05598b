package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where bans are kept: those of a room, and those of all of the deployment.
 *
 * <p>Every call may throw {@link io.roomlog.core.StorageUnavailable}.
 */
public interface BanStore {

  /**
   * Reads them, consistently; also those that have ended.
   *
   * @param room whose, or empty for those of all of the deployment
   */
  Bans bans(Optional<RoomName> room);

  /**
   * Changes them, at once for everybody: what is claimed or read after this returns meets them.
   * Bans that have ended are dropped on the way.
   *
   * @param room whose, or empty for those of all of the deployment
   * @param change of those that last; tried again on what another change has left, and empty if it
   *     is not to be made
   * @return what they are now; empty if the change was not made
   */
  Optional<Bans> change(
      Optional<RoomName> room, Instant now, Function<Bans, Optional<Bans>> change);

  /** Nobody is banned anywhere, and nobody can be. */
  static BanStore none() {
    return new BanStore() {
      @Override
      public Bans bans(Optional<RoomName> room) {
        return Bans.NONE;
      }

      @Override
      public Optional<Bans> change(
          Optional<RoomName> room, Instant now, Function<Bans, Optional<Bans>> change) {
        return Optional.empty();
      }
    };
  }
}
