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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts a function as Lambda does, in a process of its own under AWS's runtime client, hands it
 * one event and ends it. The process may use one processor, as a function of 1,769 MB has.
 */
public final class ColdStarts {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:cold";
  private static final int PROCESSOR = 0;

  private final Path folder;
  private final RuntimeClient client;
  private int started;

  /**
   * Prepares to start functions.
   *
   * @param folder for what they print and for the runtime's library
   * @throws io.roomlog.local.functions.RuntimeClientException where AWS's client does not run
   */
  public ColdStarts(Path folder) {
    this.folder = folder;
    this.client = RuntimeClient.unpacked(folder);
  }

  /**
   * What one start took, from the start of the process on.
   *
   * @param ready until it asked for an event: the JVM is up and the handler made
   * @param effect until the event had its effect
   * @param answered until it had answered
   */
  public record Times(Duration ready, Duration effect, Duration answered) {}

  /**
   * Starts it once; the effect of the event is its answer.
   *
   * @param event JSON
   */
  public Times once(Variant variant, String event) throws IOException, InterruptedException {
    return once(variant, event, null);
  }

  /**
   * Starts it once.
   *
   * @param event JSON
   * @param effect waits for what the event is to bring about and tells when that was, by {@link
   *     System#nanoTime}; null if the answer itself is it
   * @throws IllegalStateException if it does not start or does not answer
   */
  public Times once(Variant variant, String event, @Nullable LongSupplier effect)
      throws IOException, InterruptedException {
    Path output = folder.resolve("start-" + started++ + ".log");
    try (RuntimeApi api = new RuntimeApi()) {
      // It is there before it is asked for, as on Lambda, where an event is why a function starts.
      long deadline = System.currentTimeMillis() + LIMIT.toMillis();
      api.give(new Invocation("cold-" + started, event, deadline, ARN));
      ProcessBuilder builder = builder(variant, api).redirectErrorStream(true);
      builder.redirectOutput(output.toFile());
      long begin = System.nanoTime();
      Process process = builder.start();
      try {
        Duration ready = await(api, Signal.Asked.class, begin, output);
        Duration answered = await(api, Signal.Answered.class, begin, output);
        long done = effect == null ? begin + answered.toNanos() : effect.getAsLong();
        return new Times(ready, Duration.ofNanos(done - begin), answered);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private ProcessBuilder builder(Variant variant, RuntimeApi api) {
    List<String> command =
        new ArrayList<>(client.command(variant.code(), variant.handler(), variant.memoryMiB()));
    command.addAll(1, variant.options());
    ProcessBuilder builder = new ProcessBuilder(Processor.only(PROCESSOR, command));
    builder.directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variant.environment());
    environment.put("AWS_LAMBDA_RUNTIME_API", api.hostAndPort());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "cold");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(variant.memoryMiB()));
    environment.put("_HANDLER", variant.handler());
    return builder;
  }

  private static Duration await(
      RuntimeApi api, Class<? extends Signal> expected, long begin, Path output)
      throws IOException, InterruptedException {
    Signal signal = api.await(LIMIT);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    if (!expected.isInstance(signal)) {
      throw new IllegalStateException(
          "%s instead of %s; it printed: %s"
              .formatted(signal, expected.getSimpleName(), Files.readString(output)));
    }
    return took;
  }
}
