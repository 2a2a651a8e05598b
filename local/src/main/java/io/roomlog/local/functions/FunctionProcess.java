package io.roomlog.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A process that runs a function: its output goes line by line to a reader. */
final class FunctionProcess {
  /**
   * Ctrl-C reaches every process of the terminal, and a function has to finish its batch after it.
   * A signal that is ignored stays so through {@code exec}.
   */
  private static final List<String> DEAF_TO_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  private final Process process;
  private final PosixSignals signals;

  private FunctionProcess(Process process, PosixSignals signals) {
    this.process = process;
    this.signals = signals;
  }

  /**
   * Starts a process.
   *
   * @param variables its whole environment
   * @param lines is handed each line that it prints, until it ends
   * @throws IOException if it cannot be started
   */
  static FunctionProcess start(
      List<String> command,
      Map<String, String> variables,
      File folder,
      Consumer<String> lines,
      PosixSignals signals)
      throws IOException {
    List<String> whole = new ArrayList<>(DEAF_TO_CTRL_C);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).directory(folder).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    Thread.ofVirtual().name("output-" + process.pid()).start(() -> read(process, lines));
    return new FunctionProcess(process, signals);
  }

  private static void read(Process process, Consumer<String> lines) {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(lines);
    } catch (IOException | UncheckedIOException ended) {
      // A process that is killed takes its output with it.
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Tells the status with which it ends, once it does. */
  void whenEnded(IntConsumer listener) {
    var _ = process.onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
  }

  /** Stops it where it stands, as Lambda does between invocations. */
  void freeze() {
    signals.stop(handle());
  }

  void thaw() {
    signals.resume(handle());
  }

  void kill() {
    process.destroyForcibly();
  }
}
