package io.roomlog.fanout.posts;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.http.HttpClientConnection;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpException;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.http.HttpStream;
import software.amazon.awssdk.crt.http.HttpStreamResponseHandler;

/**
 * One request on one connection of a pool, which gets it back in every case: when the answer has
 * ended, or when the request was given up, even before there was a connection for it.
 *
 * <p>The pool's own threads call it back, so nothing here blocks.
 */
final class Exchange implements HttpStreamResponseHandler {

  private final HttpClientConnectionManager pool;
  private final HttpRequest request;
  private final CompletableFuture<Integer> answer = new CompletableFuture<>();
  private @Nullable HttpClientConnection connection;
  private boolean begun;

  private Exchange(HttpClientConnectionManager pool, HttpRequest request) {
    this.pool = pool;
    this.request = request;
  }

  /** Begins one, as soon as the pool has a connection. */
  static Exchange begin(HttpClientConnectionManager pool, HttpRequest request) {
    Exchange exchange = new Exchange(pool, request);
    var _ = pool.acquireConnection().whenComplete(exchange::acquired);
    return exchange;
  }

  /** The answer's status, when the answer is whole. */
  CompletableFuture<Integer> answer() {
    return answer;
  }

  /**
   * Nobody waits for the answer any more. A request under way takes its connection with it.
   *
   * @return whether the request was never begun, and never will be
   */
  synchronized boolean giveUp() {
    answer.cancel(false);
    if (connection != null) {
      connection.shutdown();
    }
    return !begun;
  }

  private synchronized void acquired(
      @Nullable HttpClientConnection acquired, @Nullable Throwable failure) {
    if (acquired == null) {
      answer.completeExceptionally(
          new NotConnected(failure == null ? new IllegalStateException() : failure));
    } else if (answer.isDone()) {
      pool.releaseConnection(acquired);
    } else {
      send(acquired);
    }
  }

  private void send(HttpClientConnection acquired) {
    begun = true;
    HttpStream stream = null;
    try {
      stream = acquired.makeRequest(request, this);
      connection = acquired;
      stream.activate();
    } catch (RuntimeException e) {
      // It has no end that would be called back, and has sent nothing.
      connection = null;
      if (stream != null) {
        stream.close();
      }
      acquired.shutdown();
      pool.releaseConnection(acquired);
      answer.completeExceptionally(new NotConnected(e));
    }
  }

  @Override
  public void onResponseHeaders(
      HttpStream stream, int status, int blockType, HttpHeader[] nextHeaders) {
    // The stream keeps the status, and nothing in the headers tells one answer from another.
  }

  @Override
  public void onResponseComplete(HttpStream stream, int errorCode) {
    int status = errorCode == CRT.AWS_CRT_SUCCESS ? stream.getResponseStatusCode() : 0;
    stream.close();
    giveBack();
    if (errorCode == CRT.AWS_CRT_SUCCESS) {
      answer.complete(status);
    } else {
      answer.completeExceptionally(new HttpException(errorCode));
    }
  }

  private synchronized void giveBack() {
    if (connection != null) {
      pool.releaseConnection(connection);
      connection = null;
    }
  }
}
