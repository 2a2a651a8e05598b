package io.roomlog.local;

import io.roomlog.local.functions.Functions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Functions that are not there yet. The gateway must listen before its port is known, and the
 * functions' environment names that port; who connects in between waits for the functions.
 */
final class LateFunctions implements Functions {
  private final CompletableFuture<Functions> arrival = new CompletableFuture<>();

  void arrive(Functions functions) {
    arrival.complete(functions);
  }

  /** Tells whoever waits that nothing will come; nothing happens if something has. */
  void giveUp() {
    arrival.completeExceptionally(new IllegalStateException("the run ended before it had started"));
  }

  @Override
  public Outcome invoke(String function, String event) throws InterruptedException {
    try {
      return arrival.get().invoke(function, event);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the functions did not start", e);
    }
  }
}
