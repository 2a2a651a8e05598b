package io.roomlog.core.metrics;

/**
 * Everything that Roomlog measures about itself. None is kept by room, by sender or by connection:
 * each value of a dimension is a metric of its own to CloudWatch, and is billed as one.
 */
public enum Metric {
  /** How long an append took that stored or found all its messages. */
  APPEND_LATENCY("AppendLatency", Kind.MILLISECONDS),
  /** Messages that were stored. */
  MESSAGES_APPENDED("MessagesAppended", Kind.COUNT),
  /** Messages that had been stored before under the same id, and were answered as such. */
  REPEATS_ANSWERED("RepeatsAnswered", Kind.COUNT),
  /** Positions without a message that were closed with a void. */
  HOLES_FILLED("HolesFilled", Kind.COUNT),
  /** Frames that were not taken because of what the client wrote. */
  FRAMES_REFUSED("FramesRefused", Kind.COUNT),
  /** Frames that were not taken because their sender sends too many. */
  FRAMES_LIMITED("FramesLimited", Kind.COUNT),
  /** Frames that were answered with {@code unavailable}. */
  STORAGE_UNAVAILABLE("StorageUnavailable", Kind.COUNT),
  /** Connections whose handshake was accepted. */
  CONNECTIONS_OPENED("ConnectionsOpened", Kind.COUNT),
  /** Connections of whose end the gateway told. */
  CONNECTIONS_CLOSED("ConnectionsClosed", Kind.COUNT),
  /** Handshakes that were refused because of what the client asked for. */
  CONNECTS_REFUSED("ConnectsRefused", Kind.COUNT),
  /** Handshakes that the authorizer refused. */
  AUTHORIZER_REFUSALS("AuthorizerRefusals", Kind.COUNT),
  /**
   * Those of them that were refused for their token, with 401. An authorizer can only say so by
   * throwing, which Lambda counts as an error: these have to be taken off its errors.
   */
  TOKENS_REFUSED("TokensRefused", Kind.COUNT),
  /** From a message's {@code at} to the end of the push that brought it to its room. */
  APPEND_TO_PUSH("AppendToPush", Kind.MILLISECONDS),
  /** Entries that were pushed to a room together: k, of which a post costs the k-th part. */
  MESSAGES_PER_PUSH("MessagesPerPush", Kind.SPREAD),
  /** Calls that post a frame to a connection, repetitions included. */
  POSTS("Posts", Kind.COUNT),
  /** Posts that the gateway took. */
  POSTS_DELIVERED("PostsDelivered", Kind.COUNT),
  /** Connections of which the gateway said that they are gone (410). */
  POSTS_GONE("PostsGone", Kind.COUNT),
  /** Posts that were refused (429) because the account's rate is exceeded. */
  POSTS_REFUSED_ACCOUNT("PostsRefusedAccount", Kind.COUNT),
  /** Posts that were refused (429) because the client's buffer is full. */
  POSTS_REFUSED_CLIENT("PostsRefusedClient", Kind.COUNT),
  /** Connections that missed something of a push. */
  CONNECTIONS_GIVEN_UP("ConnectionsGivenUp", Kind.COUNT),
  /** Memberships that were removed because their connection is gone. */
  CONNECTIONS_PRUNED("ConnectionsPruned", Kind.COUNT),
  /** Pushes to a room that have to be done again. */
  ROOMS_NOT_PUSHED("RoomsNotPushed", Kind.COUNT),
  /** Pushes that were handed over to the function of big rooms. */
  ROOMS_HANDED_OVER("RoomsHandedOver", Kind.COUNT);

  /** What becomes of several values. */
  public enum Kind {
    /** They are added up. */
    COUNT("Count"),
    /** Each is kept: times. */
    MILLISECONDS("Milliseconds"),
    /** Each is kept: numbers of something. */
    SPREAD("None");

    private final String unit;

    Kind(String unit) {
      this.unit = unit;
    }

    /** The unit's name in CloudWatch. */
    public String unit() {
      return unit;
    }
  }

  private final String label;
  private final Kind kind;

  Metric(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** The name in CloudWatch, which alarms and dashboards use. */
  public String label() {
    return label;
  }

  /** What becomes of several values. */
  public Kind kind() {
    return kind;
  }
}
