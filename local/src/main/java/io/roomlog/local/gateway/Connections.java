package io.roomlog.local.gateway;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that {@code $connect} let in and whose sockets are not gone, by their id. */
final class Connections {

  private final Map<String, Connection> byId = new ConcurrentHashMap<>();

  void add(Connection connection) {
    byId.put(connection.client().connectionId(), connection);
  }

  void remove(Connection connection) {
    byId.remove(connection.client().connectionId(), connection);
  }

  /** The connection of an id, unless it is closed or being closed: then it is gone. */
  Optional<Connection> find(String connectionId) {
    return Optional.ofNullable(byId.get(connectionId))
        .filter(connection -> connection.closingSince().isEmpty());
  }

  /** All of them, also those being closed; a view that follows what comes and goes. */
  Collection<Connection> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  int size() {
    return byId.size();
  }
}
