package io.roomlog.tests.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real wscat of npm, typed into. */
public final class Wscat implements AutoCloseable {

  private static final Path HOME = Path.of("wscat");
  private static final Path PROGRAM = HOME.resolve("node_modules/wscat/bin/wscat");

  private final Process process;
  private final Path output;
  private final Writer input;

  private Wscat(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts it, and installs it first where that has not been done.
   *
   * @param options of its own, e.g. {@code -s roomlog.v1}
   * @throws IOException if there is no Node on the PATH
   */
  public static Wscat connect(URI address, String... options)
      throws IOException, InterruptedException {
    Npm.installed(HOME);
    Path output = Files.createTempFile("wscat", ".txt");
    List<String> command = new ArrayList<>(List.of("node", PROGRAM.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-c", address.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Wscat(process, output);
  }

  /** Types a line. */
  public void type(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** What it has printed so far, without the prompt and the terminal's control sequences. */
  public List<String> printed() {
    try {
      return Files.readString(output)
          .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
          .lines()
          .map(line -> line.replaceFirst("^(> )*", "").replaceFirst("^< ", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has printed a line. */
  public void awaitPrinted(String line) {
    Await.until(
        "wscat prints " + line,
        Await.LIMIT,
        () -> "it printed " + printed(),
        () -> printed().contains(line));
  }

  /** Waits until it has printed a line that is so in part, and gives the line. */
  public String awaitLine(String part) {
    Await.until(
        "wscat prints a line with " + part,
        Await.LIMIT,
        () -> "it printed " + printed(),
        () -> printed().stream().anyMatch(line -> line.contains(part)));
    return printed().stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  /** Ends it as the end of its input does. */
  @Override
  public void close() throws IOException {
    input.close();
    process.destroy();
    Files.delete(output);
  }
}
