package io.roomlog.local;

import io.roomlog.local.stream.Destination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where word of a batch that is given up goes: a line of the log, which names the queue. The text
 * holds shard and sequence numbers and no message.
 */
final class GivenUpLog implements Destination {
  private static final Logger log = LoggerFactory.getLogger(GivenUpLog.class);

  @Override
  public void send(String queue, String body) {
    log.atError().addKeyValue("queue", queue).addKeyValue("batch", body).log("batch_given_up");
  }
}
