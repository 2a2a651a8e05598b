package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Functions whose environments are pooled, one pool a function.
 *
 * <p>A caller that is interrupted stops waiting, and the invocation runs on to its end or its
 * timeout, as on Lambda when the gateway has given up on it.
 */
public final class PooledFunctions implements Functions, AutoCloseable {
  /** How many environments a function has at most unless told otherwise. */
  public static final int ENVIRONMENTS_MAX = 8;

  /** How long {@link #close} waits for invocations in flight. */
  static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Map<String, EnvironmentPool> pools;
  private final Supplier<String> requestIds;
  private final Runnable afterwards;
  private final ExecutorService invocations =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("invocation-", 0).factory());

  private PooledFunctions(
      Map<String, EnvironmentPool> pools, Supplier<String> requestIds, Runnable afterwards) {
    this.pools = Map.copyOf(pools);
    this.requestIds = requestIds;
    this.afterwards = afterwards;
  }

  /**
   * Functions that run in this process, from the class path. They share it: its memory, its system
   * properties and its log, so {@code MemorySize} bounds nothing and {@code LOG_LEVEL} is the local
   * run's.
   *
   * @param functions the functions and the environment of each
   * @param environmentsMax environments a function, at least 1; above it requests wait
   * @param requestIds a new id for each invocation
   * @param faults what happens in the middle of invocations
   * @throws HandlerMissingException if a function's class or method is not there
   */
  public static PooledFunctions inProcess(
      List<Deployed> functions,
      int environmentsMax,
      ClassLoader classes,
      InstantSource clock,
      Supplier<String> requestIds,
      FunctionFaults faults) {
    Map<String, EnvironmentPool> pools = new LinkedHashMap<>();
    for (Deployed deployed : functions) {
      Function function = deployed.function();
      HandlerMethod handler = HandlerMethod.of(function, classes);
      pools.put(
          function.logicalId(),
          new EnvironmentPool(
              function.logicalId(),
              environmentsMax,
              faults,
              id -> new InProcessEnvironment(function, id, handler, deployed.variables(), clock)));
    }
    return new PooledFunctions(pools, requestIds, () -> {});
  }

  /**
   * Functions that run as on Lambda, each from its packaged jar, in processes of their own, under
   * AWS's runtime client. An environment is frozen between its invocations.
   *
   * @param functions the functions and the environment of each
   * @param folder what the functions' {@code CodeUri} is relative to
   * @param environmentsMax environments a function, at least 1; above it requests wait
   * @param startsMax processes that are being started at the same time, of all functions, at least
   *     1; above it they wait
   * @param requestIds a new id for each invocation
   * @param faults what happens in the middle of invocations
   * @throws HandlerMissingException if a function's jar is not there
   * @throws RuntimeClientException if the runtime client does not run on this machine
   */
  public static PooledFunctions inProcessesOfTheirOwn(
      List<Deployed> functions,
      Path folder,
      int environmentsMax,
      int startsMax,
      InstantSource clock,
      Supplier<String> requestIds,
      FunctionFaults faults) {
    ProcessLauncher.requireCode(functions, folder);
    ProcessLauncher launcher = ProcessLauncher.of(folder, startsMax);
    Map<String, EnvironmentPool> pools = new LinkedHashMap<>();
    for (Deployed deployed : functions) {
      String id = deployed.function().logicalId();
      pools.put(
          id,
          new EnvironmentPool(
              id, environmentsMax, faults, _ -> new ProcessEnvironment(deployed, launcher, clock)));
    }
    return new PooledFunctions(pools, requestIds, launcher::close);
  }

  /**
   * Initializes one environment of each function, all at once, so that the first message does not
   * wait for it. What fails is logged and tried again with the function's next invocation.
   */
  public void warm() throws InterruptedException {
    List<Future<?>> warming = new ArrayList<>();
    for (EnvironmentPool pool : pools.values()) {
      warming.add(
          invocations.submit(
              () -> {
                pool.warm();
                return null;
              }));
    }
    for (Future<?> each : warming) {
      result(each);
    }
  }

  @Override
  public Outcome invoke(String function, String event) throws InterruptedException {
    EnvironmentPool pool = pools.get(function);
    if (pool == null) {
      throw new IllegalArgumentException(
          "function %s is not in the deployment, which has %s"
              .formatted(function, pools.keySet().stream().sorted().toList()));
    }
    String requestId = requestIds.get();
    return result(invocations.submit(() -> pool.invoke(requestId, event)));
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an invocation was cut off by the end of the run", e);
    }
  }

  /** The processes of a function's environments; none if they share this one. */
  public List<ProcessHandle> processes(String function) {
    EnvironmentPool pool = pools.get(function);
    return pool == null ? List.of() : pool.processes();
  }

  /** How many environments a function has at the moment, busy or not. */
  public int environments(String function) {
    EnvironmentPool pool = pools.get(function);
    return pool == null ? 0 : pool.size();
  }

  /**
   * Takes no more invocations, lets those in flight end within 5 s, and discards all environments.
   */
  @Override
  public void close() {
    invocations.shutdown();
    try {
      if (!invocations.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        invocations.shutdownNow();
      }
    } catch (InterruptedException e) {
      invocations.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      pools.values().forEach(EnvironmentPool::discardAll);
      afterwards.run();
    }
  }
}
