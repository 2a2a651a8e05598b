package io.roomlog.local.gateway;

import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every connection now and then: closes what is idle or too old, and cuts what does not
 * confirm a close. One pass over all instead of a timer each, so that an idle connection is only
 * memory.
 */
final class Sweep implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final Connections connections;
  private final Expiry expiry;
  private final InstantSource clock;

  Sweep(Connections connections, Expiry expiry, InstantSource clock) {
    this.connections = connections;
    this.expiry = expiry;
    this.clock = clock;
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    for (Connection connection : connections.all()) {
      try {
        look(connection, now);
      } catch (RuntimeException e) {
        // One broken connection must not end the sweep of all others.
        log.atError()
            .setCause(e)
            .addKeyValue("connectionId", connection.client().connectionId())
            .log("sweep_failed");
      }
    }
  }

  private void look(Connection connection, Instant now) {
    Expiry.Verdict verdict =
        expiry.at(
            now,
            connection.client().connectedAt(),
            connection.lastActiveAt(),
            connection.closingSince().orElse(null));
    switch (verdict) {
      case KEEP -> {}
      case CLOSE -> {
        log.atDebug()
            .addKeyValue("connectionId", connection.client().connectionId())
            .log("connection_expired");
        connection.close(Disconnection.GOING_AWAY);
      }
      case ABORT -> connection.abort();
    }
  }
}
