package io.roomlog.bench.beside.sample;

/**
 * Lambda freezes an environment when its invocation has answered and thaws it for the next one
 * (docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html): what a function has begun
 * and not waited for goes on only while there is an invocation.
 */
final class Freezer {

  private int invocations;

  synchronized void thaw() {
    invocations++;
    notifyAll();
  }

  synchronized void freeze() {
    invocations--;
  }

  /** Returns while an invocation runs. */
  synchronized void awaitThaw() throws InterruptedException {
    while (invocations == 0) {
      wait();
    }
  }
}
