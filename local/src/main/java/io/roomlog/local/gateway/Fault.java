package io.roomlog.local.gateway;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong with API Gateway although nobody did anything wrong. */
public enum Fault {
  /** A post answers 410, yet the connection lives. */
  POST_GONE,
  /** A post answers 429. */
  POST_THROTTLED,
  /** A post answers 500, and nothing is sent. */
  POST_FAILED,
  /** A post answers 500, yet the client gets the frame. */
  POST_DELIVERED_YET_FAILED,
  /** A post is never answered, and nothing is sent. */
  POST_HANGS,
  /**
   * The client's socket is cut without a close frame, the post answers 200 as if it were not, later
   * ones 410, and {@code $disconnect} never runs.
   */
  CONNECTION_VANISHES,
  /** {@code $disconnect} does not run. */
  DISCONNECT_DROPPED;

  /** The name on a command line, e.g. {@code post-gone}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The fault of a label, if there is one. */
  public static Optional<Fault> labelled(String label) {
    return Arrays.stream(values()).filter(fault -> fault.label().equals(label)).findFirst();
  }
}
