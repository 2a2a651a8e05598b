package io.roomlog.bench.start;

import io.roomlog.local.functions.RuntimeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Starts a function, hands it one event and ends it. */
public final class ColdStarts {

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
   * @param ready until it asked for an event: the runtime is up and the handler made; with
   *     SnapStart a snapshot has been taken by then
   * @param effect until the event had its effect
   * @param answered until it had answered
   */
  public record Times(Duration ready, Duration effect, Duration answered) {

    /** From being ready to the effect. */
    public Duration event() {
      return effect.minus(ready);
    }
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
    try (FunctionRun run = FunctionRun.started(client, variant, event, output)) {
      long ready = run.awaitAsked();
      long answered = run.awaitAnswered();
      long done = effect == null ? answered : effect.getAsLong();
      return new Times(
          Duration.ofNanos(ready - run.begun()),
          Duration.ofNanos(done - run.begun()),
          Duration.ofNanos(answered - run.begun()));
    }
  }
}
