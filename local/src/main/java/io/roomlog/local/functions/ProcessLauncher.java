package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Starts functions' processes, a few at a time, and sees to it that none stays behind.
 *
 * <p>A JVM that starts needs a whole processor. More of them at once than there are processors are
 * ready no sooner, and under load each of them comes near the limit for its initialization.
 */
final class ProcessLauncher implements AutoCloseable {
  private final Path templateFolder;
  private final Path workFolder;
  private final RuntimeClient client;
  private final Semaphore starts;
  private final PosixSignals signals = new PosixSignals();
  private final Watchdog watchdog = new Watchdog();

  private ProcessLauncher(
      Path templateFolder, Path workFolder, RuntimeClient client, int startsMax) {
    this.templateFolder = templateFolder;
    this.workFolder = workFolder;
    this.client = client;
    this.starts = new Semaphore(startsMax, true);
  }

  /**
   * Prepares to start processes.
   *
   * @param templateFolder what {@code CodeUri} is relative to
   * @param startsMax how many are being started at the same time at most
   * @throws RuntimeClientException if the runtime client does not run on this machine
   */
  static ProcessLauncher of(Path templateFolder, int startsMax) {
    Path workFolder = newFolder();
    try {
      RuntimeClient client = RuntimeClient.unpacked(workFolder);
      return new ProcessLauncher(templateFolder, workFolder, client, startsMax);
    } catch (RuntimeClientException e) {
      delete(workFolder);
      throw e;
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("roomlog-functions-");
    } catch (IOException e) {
      throw new RuntimeClientException("there is no folder for temporary files: " + e);
    }
  }

  /**
   * Checks that what is to run is there.
   *
   * @throws HandlerMissingException if a function's jar is not there
   */
  static void requireCode(List<Deployed> functions, Path templateFolder) {
    for (Deployed deployed : functions) {
      Function function = deployed.function();
      Path code = templateFolder.resolve(function.codeUri());
      if (!Files.exists(code)) {
        throw new HandlerMissingException(
            function.logicalId(),
            function.handler(),
            "there is no %s: build it with ./mvnw package".formatted(code),
            null);
      }
    }
  }

  /**
   * Waits until a process may be started.
   *
   * @return is closed once the process is ready, or is not going to be
   */
  Turn turn() throws InterruptedException {
    starts.acquire();
    return starts::release;
  }

  /** The right to start a process. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Starts a function's process.
   *
   * @param runtimeApi the host and port of its Runtime API
   * @throws IOException if it cannot be started
   */
  FunctionProcess launch(Deployed deployed, String runtimeApi) throws IOException {
    Function function = deployed.function();
    Path code = templateFolder.resolve(function.codeUri());
    Map<String, String> variables = new HashMap<>(deployed.variables());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    FunctionOutput output = new FunctionOutput(function.logicalId());
    FunctionProcess process =
        FunctionProcess.start(
            client.command(List.of(code), function.handler(), function.memoryMiB()),
            variables,
            workFolder.toFile(),
            output::line,
            signals);
    watchdog.watch(process);
    return process;
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    watchdog.close();
    delete(workFolder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files stay in " + folder, e);
    }
  }
}
