package io.roomlog.local.gateway;

import java.util.Optional;

/** Decides when the gateway misbehaves. Called from many threads at once. */
public interface Faults {

  /** What strikes a post to a connection, if anything; only faults of posts. */
  Optional<Fault> onPost(String connectionId);

  /** Whether the connection's {@code $disconnect} is dropped. */
  boolean onDisconnect(String connectionId);

  /** A gateway that never misbehaves of itself. */
  static Faults none() {
    return new Faults() {
      @Override
      public Optional<Fault> onPost(String connectionId) {
        return Optional.empty();
      }

      @Override
      public boolean onDisconnect(String connectionId) {
        return false;
      }
    };
  }
}
