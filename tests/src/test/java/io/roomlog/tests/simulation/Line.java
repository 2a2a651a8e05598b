package io.roomlog.tests.simulation;

import java.util.Map;

/** A connection, as the gateway sees it. */
final class Line {

  private enum State {
    HANDSHAKE,
    OPEN,
    CLOSED
  }

  private final String id;
  private final Device device;
  private final long connectedAt;
  private State state = State.HANDSHAKE;
  private boolean vanished;
  private Map<String, Object> identity = Map.of();

  Line(String id, Device device, long connectedAt) {
    this.id = id;
    this.device = device;
    this.connectedAt = connectedAt;
  }

  String id() {
    return id;
  }

  Device device() {
    return device;
  }

  /** In epoch milliseconds. */
  long connectedAt() {
    return connectedAt;
  }

  /** What the authorizer said of it. */
  Map<String, Object> identity() {
    return identity;
  }

  void identify(Map<String, Object> context) {
    identity = context;
  }

  void open() {
    state = State.OPEN;
  }

  void close() {
    state = State.CLOSED;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Nothing passes any more, and nobody knows. */
  void vanish() {
    vanished = true;
  }

  boolean hasVanished() {
    return vanished;
  }

  boolean carries() {
    return state == State.OPEN && !vanished;
  }
}
