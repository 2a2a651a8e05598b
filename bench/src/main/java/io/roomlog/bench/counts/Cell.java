package io.roomlog.bench.counts;

/**
 * What was counted of one room at one rate, all pushes together.
 *
 * @param way whose
 * @param connections of the room
 * @param messagesPerSecond into the room
 * @param messages that were sent
 * @param posts that were made
 * @param billed units of 32 KB that the posts are billed as
 * @param bytes of all posts' frames, without what TLS, TCP and WebSockets add
 * @param sendCalls calls to tables and connections within all sends
 * @param writeUnits of all sends and pushes
 * @param readUnits of all sends and pushes
 * @param queueCalls requests to the queue of big rooms
 */
public record Cell(
    Way way,
    int connections,
    int messagesPerSecond,
    long messages,
    long posts,
    long billed,
    long bytes,
    long sendCalls,
    double writeUnits,
    double readUnits,
    long queueCalls) {

  /** Whose way it is. */
  public enum Way {
    /** Roomlog, to connections that speak {@code roomlog.v1}. */
    ROOMLOG("Roomlog"),
    /** Roomlog, to plain connections. */
    PLAIN("Roomlog, plain"),
    /** The sample's, by its rules. */
    SAMPLE("AWS sample");

    private final String title;

    Way(String title) {
      this.title = title;
    }

    /** For a table. */
    public String title() {
      return title;
    }
  }

  /** Messages times those who got them. */
  public long delivered() {
    return messages * connections;
  }

  /** Posts for each delivered message. */
  public double postsPerDelivered() {
    return (double) posts / delivered();
  }

  /** Billed units for each delivered message. */
  public double billedPerDelivered() {
    return (double) billed / delivered();
  }

  /** Bytes of frames for each delivered message. */
  public double bytesPerDelivered() {
    return (double) bytes / delivered();
  }

  /** Read units for each message. */
  public double readsPerMessage() {
    return readUnits / messages;
  }

  /** Write units for each message. */
  public double writesPerMessage() {
    return writeUnits / messages;
  }

  /** Calls within each send. */
  public double callsPerSend() {
    return (double) sendCalls / messages;
  }

  /** Requests to the queue for each message. */
  public double queueCallsPerMessage() {
    return (double) queueCalls / messages;
  }
}
