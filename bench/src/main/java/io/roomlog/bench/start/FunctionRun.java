package io.roomlog.bench.start;

import io.roomlog.bench.machine.Processor;
import io.roomlog.local.functions.RuntimeApi;
import io.roomlog.local.functions.RuntimeApi.Invocation;
import io.roomlog.local.functions.RuntimeApi.Signal;
import io.roomlog.local.functions.RuntimeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A function in a process of its own, as Lambda runs it, until this is closed. The process may use
 * one processor, as a function of 1,769 MB has.
 */
public final class FunctionRun implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:bench";
  private static final int PROCESSOR = 0;

  private final RuntimeApi api;
  private final Path output;
  private final long begun;
  private final Process process;
  private int given;

  private FunctionRun(RuntimeApi api, Path output, long begun, Process process) {
    this.api = api;
    this.output = output;
    this.begun = begun;
    this.process = process;
  }

  /**
   * Starts it for an event, which is there before the function asks for one: on Lambda an event is
   * why a function starts.
   *
   * @param event JSON
   * @param output what it prints goes there
   */
  public static FunctionRun started(
      RuntimeClient client, Variant variant, String event, Path output) throws IOException {
    RuntimeApi api = new RuntimeApi();
    try {
      api.give(invocation(0, event));
      ProcessBuilder builder =
          new ProcessBuilder(Processor.only(PROCESSOR, variant.command(client)))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      environment(builder.environment(), variant, api);
      long begun = System.nanoTime();
      return new FunctionRun(api, output, begun, builder.start());
    } catch (IOException | RuntimeException e) {
      api.close();
      throw e;
    }
  }

  private static void environment(
      Map<String, String> environment, Variant variant, RuntimeApi api) {
    environment.clear();
    environment.putAll(variant.environment());
    environment.put("AWS_LAMBDA_RUNTIME_API", api.hostAndPort());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "bench");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(variant.memoryMiB()));
    environment.put("_HANDLER", variant.handler());
  }

  private static Invocation invocation(int number, String event) {
    long deadline = System.currentTimeMillis() + LIMIT.toMillis();
    return new Invocation("bench-" + number, event, deadline, ARN);
  }

  /** When it was started, by {@link System#nanoTime}. */
  long begun() {
    return begun;
  }

  /**
   * Waits until it asks for an event.
   *
   * @return when that was, by {@link System#nanoTime}
   * @throws IllegalStateException if something else happens, with what it has printed
   */
  public long awaitAsked() throws IOException, InterruptedException {
    return await(Signal.Asked.class);
  }

  /** Waits until it has answered, as {@link #awaitAsked}. */
  public long awaitAnswered() throws IOException, InterruptedException {
    return await(Signal.Answered.class);
  }

  private long await(Class<? extends Signal> expected) throws IOException, InterruptedException {
    Signal signal = api.await(LIMIT);
    long now = System.nanoTime();
    if (!expected.isInstance(signal)) {
      throw new IllegalStateException(
          "%s instead of %s; it printed: %s"
              .formatted(signal, expected.getSimpleName(), Files.readString(output)));
    }
    return now;
  }

  /**
   * Gives it another event, once it has asked for one, and waits for its answer and until it asks
   * again.
   *
   * @return how long the answer took
   */
  public Duration answer(String event) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    api.give(invocation(++given, event));
    long answered = awaitAnswered();
    awaitAsked();
    return Duration.ofNanos(answered - begin);
  }

  /** What it has used of processors since its start, by the operating system's account. */
  public Duration processorTime() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("no processor time of a process here"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
  }
}
