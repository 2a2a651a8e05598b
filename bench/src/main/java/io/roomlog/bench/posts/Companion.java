package io.roomlog.bench.posts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomlog.bench.machine.Processor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs beside the measurement, is told what to do, and answers with numbers. */
final class Companion implements AutoCloseable {

  private static final int END_SECONDS_MAX = 10;

  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;

  private Companion(Process process) {
    this.process = process;
    this.commands = new PrintWriter(process.getOutputStream(), true, UTF_8);
    this.answers = process.inputReader(UTF_8);
  }

  /**
   * Starts one, on this JVM and class path.
   *
   * @param processor the one that it may use, from 0
   * @param options of its JVM
   */
  static Companion start(int processor, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    // Numbers are all that comes on standard output.
    command.add("-Droomlog.log.target=System.err");
    command.add("-DLOG_LEVEL=error");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(Processor.only(processor, command));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Companion(builder.start());
  }

  /** Tells it something and waits for the numbers that it answers. */
  long[] ask(String command) throws IOException {
    commands.println(command);
    return answer();
  }

  /** The numbers of the next line that it prints. */
  long[] answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("a process of the measurement has ended: " + process);
    }
    return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  /** Ends its input, and with it the process. */
  @Override
  public void close() {
    commands.close();
    try {
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
