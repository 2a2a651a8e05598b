package io.roomlog.fanout;

/**
 * What {@link Crowd} is told.
 *
 * @param concurrency posts under way at once, at least 1
 * @param bigRoomConnections rows up to which a room is pushed to by the stream's function
 * @param accountPerSecond calls to connections that the account may make a second, as far as is
 *     known
 */
public record CrowdSettings(int concurrency, int bigRoomConnections, double accountPerSecond) {

  /**
   * Posts under way at once, unless told otherwise: at 18 ms a post more than an account's default
   * rate, so that what a bucket has gathered is used as well.
   */
  public static final int CONCURRENCY = 384;

  /** Calls a second of an account, unless told otherwise: the default of most regions. */
  public static final int ACCOUNT_PER_SECOND = 10_000;
}
