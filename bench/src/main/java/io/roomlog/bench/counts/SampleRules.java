package io.roomlog.bench.counts;

/**
 * What the sample application of AWS does for a message, by its rules and not by running it
 * (github.com/aws-samples/simple-websockets-chat-app, sendmessage): one scan of all connections,
 * one page of it, and one post of the message to each, within the sender's function. It knows one
 * room; that there is no other is the best case for it.
 */
public final class SampleRules {

  /** A row of its table: the attribute's name and a connection's id of 16 letters. */
  static final int ROW_BYTES = "connectionId".length() + 16;

  /** One page of a scan (docs.aws.amazon.com/amazondynamodb, Scan). */
  static final int SCAN_BYTES_MAX = 1_048_576;

  private static final int READ_UNIT_BYTES = 4_096;

  private SampleRules() {}

  /** What so many messages cost. */
  public static Cell count(int connections, int messagesPerSecond, long messages) {
    int reached = Math.min(connections, SCAN_BYTES_MAX / ROW_BYTES);
    // Eventually consistent: half a unit for each 4 KB.
    double scan = Math.ceilDiv(reached * ROW_BYTES, READ_UNIT_BYTES) / 2.0;
    long posts = messages * reached;
    return new Cell(
        Cell.Way.SAMPLE,
        connections,
        messagesPerSecond,
        messages,
        posts,
        posts,
        posts * RoomlogRun.TEXT_BYTES,
        messages + posts,
        0,
        messages * scan,
        0);
  }
}
