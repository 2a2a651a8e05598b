package io.roomlog.local.functions;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.amazonaws.services.lambda.runtime.Context;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.functions.HandlerMethod.HandlerFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An environment in this process: one instance of the handler, on a thread that is its own and
 * always the same, as the handler's thread is on Lambda.
 *
 * <p>An invocation over its timeout is abandoned: its thread is interrupted, its answer ignored and
 * the environment not used again. A thread that ignores interrupts runs on for nobody.
 */
final class InProcessEnvironment implements ExecutionEnvironment {
  /** Lambda gives 10 s; a laptop that is busy building gets more. */
  static final Duration INIT_MAX = Duration.ofSeconds(30);

  /** The status of a process that SIGKILL has ended. */
  private static final int KILLED = 137;

  private final Function function;
  private final String id;
  private final HandlerMethod handler;
  private final Map<String, String> variables;
  private final InstantSource clock;
  private final InvocationLog log;
  private final ExecutorService thread;
  private volatile @Nullable Object instance;
  private volatile boolean usable = true;
  private volatile @Nullable Future<?> running;
  private volatile CountDownLatch frozen = new CountDownLatch(0);

  InProcessEnvironment(
      Function function,
      String id,
      HandlerMethod handler,
      Map<String, String> variables,
      InstantSource clock) {
    this.function = function;
    this.id = id;
    this.handler = handler;
    this.variables = variables;
    this.clock = clock;
    this.log = new InvocationLog(function.logicalId());
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(id).factory());
  }

  @Override
  public void warm() throws InterruptedException {
    try {
      within(INIT_MAX, this::ready);
    } catch (HandlerFailure e) {
      log.initFailed(e.thrown());
    } catch (TimeoutException e) {
      discard();
      log.initFailed(e);
    }
  }

  @Override
  public Outcome serve(String requestId, String event) throws InterruptedException {
    Duration limit = function.timeout();
    InvocationLog.Begun begun = log.begin(requestId);
    try {
      Object ready = instance != null ? instance : within(INIT_MAX, this::ready);
      Context context = new InvocationContext(function, requestId, id, clock);
      String answer = within(limit, () -> handler.call(ready, event, context));
      frozen.await();
      begun.returned();
      return new Outcome.Returned(answer);
    } catch (HandlerFailure e) {
      return failed(begun, e.thrown());
    } catch (CancellationException killed) {
      discard();
      begun.failed(ProcessEnvironment.exited(KILLED));
      return new Outcome.Failed("Runtime.ExitError", "Runtime exited with status " + KILLED);
    } catch (TimeoutException e) {
      discard();
      begun.timedOut(limit);
      return new Outcome.TimedOut();
    }
  }

  private Object ready() throws HandlerFailure {
    Object made = handler.instance(variables);
    instance = made;
    return made;
  }

  private <T> T within(Duration limit, Callable<T> work)
      throws InterruptedException, HandlerFailure, TimeoutException {
    try {
      Future<T> future = thread.submit(work);
      running = future;
      return future.get(limit.toNanos(), NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HandlerFailure failure) {
        throw failure;
      }
      throw new HandlerFailure(e.getCause() == null ? e : e.getCause());
    }
  }

  private Outcome failed(InvocationLog.Begun begun, Throwable thrown) {
    begun.failed(thrown);
    if (thrown instanceof VirtualMachineError) {
      discard();
    }
    String message = thrown.getMessage() == null ? "" : thrown.getMessage();
    return new Outcome.Failed(thrown.getClass().getName(), message);
  }

  @Override
  public boolean kill() {
    return running != null && running.cancel(true);
  }

  /** A thread cannot be stopped where it stands, so only what it answers is held back. */
  @Override
  public boolean freeze() {
    frozen = new CountDownLatch(1);
    return true;
  }

  @Override
  public void thaw() {
    frozen.countDown();
  }

  @Override
  public boolean usable() {
    return usable;
  }

  @Override
  public void discard() {
    usable = false;
    thread.shutdownNow();
  }
}
