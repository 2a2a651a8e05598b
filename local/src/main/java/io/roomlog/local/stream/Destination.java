package io.roomlog.local.stream;

/** Takes word of batches that are given up. */
@FunctionalInterface
public interface Destination {
  /**
   * Sends a message.
   *
   * @param queue the logical id of a queue of the deployment
   * @param body its text
   */
  void send(String queue, String body);
}
