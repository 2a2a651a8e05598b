package io.roomlog.bench.report;

import io.roomlog.bench.counts.Cell;
import io.roomlog.bench.counts.SelfClock;

/**
 * Dollars for a million delivered messages, from the counts and the prices of us-east-1 on demand,
 * functions on arm64. Lambda's reading of the stream is free; minutes of connections are the same
 * for both and left out.
 */
public final class Prices {

  /** For each of: aws.amazon.com/api-gateway/pricing, first billion of a month. */
  static final double GATEWAY_MESSAGE = 1e-6;

  /** aws.amazon.com/dynamodb/pricing/on-demand. */
  static final double WRITE_UNIT = 0.625e-6;

  /** As {@link #WRITE_UNIT}; a consistent read of 4 KB. */
  static final double READ_UNIT = 0.125e-6;

  /** aws.amazon.com/lambda/pricing. */
  static final double REQUEST = 0.2e-6;

  /** As {@link #REQUEST}, arm64. */
  static final double GIGABYTE_SECOND = 13.3334e-6;

  /** aws.amazon.com/sqs/pricing, FIFO. */
  static final double QUEUE_REQUEST = 0.5e-6;

  /** aws.amazon.com/ec2/pricing/on-demand, data transfer out. */
  static final double EGRESS_BYTE = 0.09e-9;

  /** What WebSocket, TLS, TCP and IP add to a frame, about. */
  private static final int WIRE_BYTES = 78;

  /** A send of Roomlog's at 1 GB: two calls to tables, as {@code bench/run memory} reckons it. */
  private static final double SEND_GB_SECONDS = 0.024;

  /** What a push does besides posting. Assumed. */
  private static final double PUSH_SECONDS = 0.03;

  private static final double PUSH_GIGABYTES = 1.769;

  /** Posts a second of the sample's function. Assumed. */
  private static final double SAMPLE_PER_SECOND = 2_000;

  private static final double SAMPLE_SECONDS = 0.013;

  private static final double MILLION = 1e6;

  private Prices() {}

  /**
   * Dollars for one event of a function.
   *
   * @param gigabytes its memory
   * @param seconds that it takes
   */
  public static double ofEvent(double gigabytes, double seconds) {
    return REQUEST + gigabytes * seconds * GIGABYTE_SECOND;
  }

  /** For a million delivered messages. */
  static double ofMillion(Cell cell) {
    return MILLION * dollars(cell) / cell.delivered();
  }

  private static double dollars(Cell cell) {
    double gateway = (cell.billed() + cell.messages()) * GATEWAY_MESSAGE;
    double tables = cell.writeUnits() * WRITE_UNIT + cell.readUnits() * READ_UNIT;
    double queue = cell.queueCalls() * QUEUE_REQUEST;
    double egress = (cell.bytes() + cell.posts() * WIRE_BYTES) * EGRESS_BYTE;
    return gateway + tables + queue + egress + functions(cell);
  }

  private static double functions(Cell cell) {
    int connections = cell.connections();
    if (cell.way() == Cell.Way.SAMPLE) {
      double seconds = SAMPLE_SECONDS + connections / SAMPLE_PER_SECOND;
      return cell.messages() * (REQUEST + seconds * GIGABYTE_SECOND);
    }
    SelfClock clock = new SelfClock(connections, cell.messagesPerSecond());
    double pushes = cell.messages() / clock.messagesPerPush();
    double posting = connections * clock.secondsAPost() + PUSH_SECONDS;
    return cell.messages() * (REQUEST + SEND_GB_SECONDS * GIGABYTE_SECOND)
        + pushes * (REQUEST + posting * PUSH_GIGABYTES * GIGABYTE_SECOND);
  }
}
