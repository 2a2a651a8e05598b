package io.roomlog.fanout.posts;

import java.io.IOException;
import software.amazon.awssdk.crt.http.HttpRequest;

/** Where signed requests go. */
@FunctionalInterface
interface Wire {

  /**
   * Sends a request once and waits for the end of the answer.
   *
   * @return the answer's status
   * @throws NotConnected if it was not sent
   * @throws IOException if there is none, or none in time; the request may have arrived all the
   *     same
   * @throws InterruptedException if the caller was interrupted while it waited
   */
  int send(HttpRequest request) throws IOException, InterruptedException;
}
