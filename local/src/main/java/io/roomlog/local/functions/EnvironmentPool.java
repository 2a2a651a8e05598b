package io.roomlog.local.functions;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.roomlog.local.functions.Functions.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The environments of one function. The one used last is used first, so that few stay warm; a new
 * one is made when all are busy.
 *
 * <p>Above the limit requests wait for an environment, first come, first served, and their timeout
 * starts when they have one. Lambda would refuse them with 429 once the account's concurrency is
 * spent; here the limit protects the laptop and is no quota, so nobody is refused.
 */
final class EnvironmentPool {
  private final String function;
  private final FunctionFaults faults;
  private final ExecutionEnvironment.Factory factory;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<ExecutionEnvironment> idle = new ConcurrentLinkedDeque<>();
  private final ConcurrentHashMap.KeySetView<ExecutionEnvironment, Boolean> all =
      ConcurrentHashMap.newKeySet();
  private final AtomicInteger made = new AtomicInteger();

  EnvironmentPool(
      String function,
      int environmentsMax,
      FunctionFaults faults,
      ExecutionEnvironment.Factory factory) {
    this.function = function;
    this.faults = faults;
    this.factory = factory;
    this.permits = new Semaphore(environmentsMax, true);
  }

  Outcome invoke(String requestId, String event) throws InterruptedException {
    permits.acquire();
    try {
      ExecutionEnvironment environment = take();
      try {
        return serve(environment, requestId, event);
      } finally {
        giveBack(environment);
      }
    } finally {
      permits.release();
    }
  }

  private Outcome serve(ExecutionEnvironment environment, String requestId, String event)
      throws InterruptedException {
    Optional<FunctionFaults.Coming> coming = faults.onInvocation();
    if (coming.isEmpty()) {
      return environment.serve(requestId, event);
    }
    CountDownLatch answered = new CountDownLatch(1);
    Thread striking = Thread.startVirtualThread(() -> strike(environment, coming.get(), answered));
    try {
      return environment.serve(requestId, event);
    } finally {
      answered.countDown();
      // Nothing of it may reach the next invocation.
      striking.join();
    }
  }

  private void strike(
      ExecutionEnvironment environment, FunctionFaults.Coming coming, CountDownLatch answered) {
    try {
      if (answered.await(coming.after().toNanos(), NANOSECONDS)) {
        return;
      }
      boolean struck =
          switch (coming.fault()) {
            case FUNCTION_KILLED -> environment.kill();
            case FUNCTION_FROZEN -> environment.freeze();
          };
      if (struck) {
        faults.struck(coming.fault());
      }
      if (coming.fault() == FunctionFault.FUNCTION_FROZEN) {
        var _ = answered.await(FunctionFaults.FREEZE.toNanos(), NANOSECONDS);
        environment.thaw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Initializes one environment. */
  void warm() throws InterruptedException {
    permits.acquire();
    try {
      ExecutionEnvironment environment = take();
      try {
        environment.warm();
      } finally {
        giveBack(environment);
      }
    } finally {
      permits.release();
    }
  }

  private ExecutionEnvironment take() {
    for (ExecutionEnvironment idler = idle.pollFirst(); idler != null; idler = idle.pollFirst()) {
      if (idler.usable()) {
        return idler;
      }
      drop(idler);
    }
    ExecutionEnvironment fresh = factory.create(function + "-" + made.incrementAndGet());
    all.add(fresh);
    return fresh;
  }

  private void giveBack(ExecutionEnvironment environment) {
    if (environment.usable()) {
      idle.addFirst(environment);
    } else {
      drop(environment);
    }
  }

  private void drop(ExecutionEnvironment environment) {
    all.remove(environment);
    environment.discard();
  }

  /** How many environments there are, busy or not. */
  int size() {
    return all.size();
  }

  /** The environments' processes, where they have processes of their own. */
  List<ProcessHandle> processes() {
    return all.stream().flatMap(environment -> environment.process().stream()).toList();
  }

  void discardAll() {
    all.forEach(ExecutionEnvironment::discard);
    all.clear();
    idle.clear();
  }
}
