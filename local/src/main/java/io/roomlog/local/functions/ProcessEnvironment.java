package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.functions.RuntimeApi.Failure;
import io.roomlog.local.functions.RuntimeApi.Invocation;
import io.roomlog.local.functions.RuntimeApi.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An environment as on Lambda: a process of its own in which AWS's runtime client runs the packaged
 * handler and asks a Runtime API for its invocations. Between them it is frozen: nothing in it
 * runs, also no thread that the handler has left behind.
 *
 * <p>One over its timeout is killed, as is one that ends, and makes room for a new one.
 */
final class ProcessEnvironment implements ExecutionEnvironment {
  /** After its answer the runtime asks for the next invocation at once. */
  private static final Duration ASK_AGAIN_MAX = Duration.ofSeconds(5);

  private final Deployed deployed;
  private final ProcessLauncher launcher;
  private final InstantSource clock;
  private final InvocationLog log;
  private final RuntimeApi api = new RuntimeApi();
  private volatile @Nullable FunctionProcess process;
  private volatile boolean usable = true;

  ProcessEnvironment(Deployed deployed, ProcessLauncher launcher, InstantSource clock) {
    this.deployed = deployed;
    this.launcher = launcher;
    this.clock = clock;
    this.log = new InvocationLog(deployed.function().logicalId());
  }

  @Override
  public void warm() throws InterruptedException {
    initialized().ifPresent(log::initFailed);
  }

  @Override
  public Outcome serve(String requestId, String event) throws InterruptedException {
    InvocationLog.Begun begun = log.begin(requestId);
    Optional<Failure> initFailure = initialized();
    if (initFailure.isPresent()) {
      return failed(begun, initFailure.get());
    }
    Function function = deployed.function();
    Instant deadline = clock.instant().plus(function.timeout());
    thaw();
    api.give(new Invocation(requestId, event, deadline.toEpochMilli(), function.arn()));
    Outcome outcome = outcome(begun, api.await(function.timeout()));
    if (usable) {
      freezeOnceItAsks();
    }
    return outcome;
  }

  /** Starts the process where that has not been done; tells why it could not be. */
  private Optional<Failure> initialized() throws InterruptedException {
    if (process != null) {
      return Optional.empty();
    }
    try (ProcessLauncher.Turn _ = launcher.turn()) {
      return initialize();
    }
  }

  private Optional<Failure> initialize() throws InterruptedException {
    try {
      FunctionProcess started = launcher.launch(deployed, api.hostAndPort());
      started.whenEnded(status -> api.signal(new Signal.Exited(status)));
      process = started;
    } catch (IOException e) {
      return unusable(new Failure(e.getClass().getName(), String.valueOf(e.getMessage()), ""));
    }
    return switch (api.await(InProcessEnvironment.INIT_MAX)) {
      case Signal.Asked _ -> {
        freeze();
        yield Optional.empty();
      }
      case Signal.InitFailed(Failure failure) -> unusable(failure);
      case Signal.Exited(int status) -> unusable(exited(status));
      case null -> unusable(new Failure("Sandbox.Timedout", "it did not start in time", ""));
      case Signal other -> unusable(unexpected(other));
    };
  }

  private Outcome outcome(InvocationLog.Begun begun, @Nullable Signal signal) {
    return switch (signal) {
      case Signal.Answered(String id, String payload) when id.equals(begun.requestId()) -> {
        begun.returned();
        yield new Outcome.Returned(payload);
      }
      case Signal.Threw(String id, Failure failure) when id.equals(begun.requestId()) ->
          failed(begun, failure);
      case Signal.AnsweredTooMuch(String id) when id.equals(begun.requestId()) ->
          failed(begun, tooMuch());
      case Signal.Exited(int status) -> {
        discard();
        yield failed(begun, exited(status));
      }
      case null -> {
        discard();
        begun.timedOut(deployed.function().timeout());
        yield new Outcome.TimedOut();
      }
      case Signal other -> {
        discard();
        yield failed(begun, unexpected(other));
      }
    };
  }

  private void freezeOnceItAsks() throws InterruptedException {
    if (api.await(ASK_AGAIN_MAX) instanceof Signal.Asked) {
      freeze();
    } else {
      discard();
    }
  }

  private Outcome failed(InvocationLog.Begun begun, Failure failure) {
    begun.failed(failure);
    return new Outcome.Failed(failure.type(), failure.message());
  }

  private Optional<Failure> unusable(Failure failure) {
    discard();
    return Optional.of(failure);
  }

  // The names of the errors are Lambda's.
  static Failure exited(int status) {
    return new Failure("Runtime.ExitError", "Runtime exited with status " + status, "");
  }

  private static Failure tooMuch() {
    return new Failure(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (%d bytes)."
            .formatted(RuntimeApi.RESPONSE_BYTES_MAX),
        "");
  }

  private static Failure unexpected(Signal signal) {
    return new Failure("Runtime.InvalidSequence", "the runtime was not expected to: " + signal, "");
  }

  @Override
  public boolean freeze() {
    if (process != null) {
      process.freeze();
    }
    return process != null;
  }

  @Override
  public void thaw() {
    if (process != null) {
      process.thaw();
    }
  }

  @Override
  public boolean kill() {
    if (process != null) {
      process.kill();
    }
    return process != null;
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).map(FunctionProcess::handle);
  }

  @Override
  public boolean usable() {
    return usable && process().map(ProcessHandle::isAlive).orElse(true);
  }

  @Override
  public void discard() {
    usable = false;
    if (process != null) {
      process.kill();
    }
    api.close();
  }
}
