package io.roomlog.local.functions;

/**
 * The temporary credentials of a function's role. They are checked nowhere as secrets, but the
 * access key is each function's own, so that a call can be traced to the function that made it.
 *
 * @param accessKeyId 20 capital letters and digits, as AWS makes them
 * @param secretAccessKey signs calls
 * @param sessionToken goes with every call
 */
public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {

  /**
   * The credentials of the n-th function.
   *
   * @param number from 0 to 99,999,999,999
   */
  public static Credentials numbered(long number) {
    String id = "ASIALOCAL%011d".formatted(number);
    return new Credentials(id, "secret-of-" + id, "session-of-" + id);
  }
}
