package io.roomlog.operate;

import io.roomlog.core.Pause;
import io.roomlog.core.dynamo.SenderConnections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/**
 * Closes connections, also those whose handshake is under way: they are registered, and cannot be
 * closed before {@code $connect} has answered. Until then the gateway says that they are gone, as
 * it does of those that are. So what joined a moment ago is tried again for as long as a handshake
 * can take.
 *
 * @param gateway where they are
 * @param rows what is known of them
 */
record Closing(Gateway gateway, Rows rows, InstantSource clock, Pause pause) {

  /** API Gateway gives up on the function behind {@code $connect} after 29 s. */
  static final Duration HANDSHAKE_MAX = Duration.ofSeconds(30);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  /** Closes. */
  @FunctionalInterface
  interface Gateway {
    /** Whether the connection was open, and is closed now. */
    boolean isClosed(String connectionId);
  }

  /** What the tables know of connections. */
  @FunctionalInterface
  interface Rows {
    /**
     * When it joined a room last; empty if it is in none, as after a handshake that was refused.
     */
    Optional<Instant> joinedAt(String connectionId);
  }

  /** Closes connections of a deployment, and tells how many were open. */
  static int of(Site site, List<String> connectionIds, Command.Console console)
      throws InterruptedException {
    try (ApiGatewayManagementApiClient api = site.connections()) {
      SenderConnections rows = new SenderConnections(site.dynamo(), site.name("ConnectionsTable"));
      return new Closing(
              id -> isClosed(api, id), rows::joinedAt, InstantSource.system(), Pause.real())
          .close(connectionIds, console);
    }
  }

  /** One that was gone already leaves a row behind, which its room's next push removes. */
  static boolean isClosed(ApiGatewayManagementApiClient gateway, String connectionId) {
    try {
      gateway.deleteConnection(request -> request.connectionId(connectionId));
      return true;
    } catch (GoneException gone) {
      return false;
    }
  }

  /** Closes them, and tells how many were open. */
  int close(List<String> connectionIds, Command.Console console) throws InterruptedException {
    Instant end = clock.instant().plus(HANDSHAKE_MAX);
    int closed = 0;
    List<String> underWay = new ArrayList<>();
    for (String id : connectionIds) {
      if (gateway.isClosed(id)) {
        closed++;
      } else if (isUnderWay(id)) {
        underWay.add(id);
      }
    }
    if (!underWay.isEmpty()) {
      console
          .err()
          .printf(
              "%d of them may be in their handshake; trying for %d s%n",
              underWay.size(), HANDSHAKE_MAX.toSeconds());
    }
    while (!underWay.isEmpty() && clock.instant().isBefore(end)) {
      pause.of(BETWEEN_TRIES);
      // Which of them are still registered is asked before they are tried, or one whose handshake
      // ends in between would be neither.
      underWay.removeIf(id -> rows.joinedAt(id).isEmpty());
      int before = underWay.size();
      underWay.removeIf(gateway::isClosed);
      closed += before - underWay.size();
    }
    return closed;
  }

  private boolean isUnderWay(String connectionId) {
    return rows.joinedAt(connectionId)
        .map(at -> at.plus(HANDSHAKE_MAX).isAfter(clock.instant()))
        .orElse(false);
  }
}
