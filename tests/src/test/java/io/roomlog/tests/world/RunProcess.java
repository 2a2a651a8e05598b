package io.roomlog.tests.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The local run in a process of its own, as {@code ./roomlog} starts it, on any free port. */
public final class RunProcess implements AutoCloseable {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path BUILT = HOME.resolve("local").resolve("target");
  private static final Pattern READY = Pattern.compile("npx wscat -c (\\S+)");
  private static final Pattern OPTION =
      Pattern.compile("^ *(-[^\\s\"]+) *\\\\$", Pattern.MULTILINE);
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final int KIB_PER_MIB = 1024;

  private final Process process;
  private final CompletableFuture<URI> address = new CompletableFuture<>();

  private RunProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().name("run-output").start(this::read);
  }

  /** Starts it for tests, which are in a hurry, and returns once clients can connect. */
  public static RunProcess start() throws IOException {
    return start(World.UNHURRIED);
  }

  /**
   * As {@link #start()}, with these parameters of the template and no others.
   *
   * @param arguments as for {@code ./roomlog}, beside the port and the parameters
   */
  public static RunProcess start(Map<String, String> parameters, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.add("-Droomlog.home=" + HOME);
    command.add("-cp");
    command.add(
        BUILT.resolve("roomlog-local.jar") + File.pathSeparator + BUILT.resolve("lib") + "/*");
    command.addAll(List.of("io.roomlog.local.Main", "--port", "0"));
    parameters.forEach((name, value) -> command.add("--parameter=" + name + "=" + value));
    command.addAll(List.of(arguments));
    RunProcess run = new RunProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    try {
      run.address.orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      return run;
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /** The JVM's options, out of the script itself, so that what is measured is what people start. */
  private static List<String> options() throws IOException {
    String script = Files.readString(HOME.resolve("roomlog"));
    String java = script.substring(script.lastIndexOf("exec \"$jdk/bin/java\""));
    List<String> options = OPTION.matcher(java).results().map(option -> option.group(1)).toList();
    if (options.isEmpty()) {
      throw new AssertionError("the script roomlog no longer names the JVM's options a line each");
    }
    return options;
  }

  private void read() {
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          address.complete(URI.create(ready.group(1)));
        }
        if (!address.isDone()) {
          said.append(line).append('\n');
        }
      }
      address.completeExceptionally(new IllegalStateException("it ended: " + said));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  /** Where a client with that query connects. */
  public URI address(String query) {
    return URI.create(address.join() + "?" + query);
  }

  /** What it has used of processors so far; nothing where the system does not tell. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The process, to look at. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Its resident memory in MiB; empty where there is no {@code /proc} to read it from. */
  public OptionalLong residentMib() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return OptionalLong.empty();
    }
    Matcher resident = RESIDENT.matcher(Files.readString(status));
    if (!resident.find()) {
      throw new AssertionError("no VmRSS in " + status);
    }
    return OptionalLong.of(Long.parseLong(resident.group(1)) / KIB_PER_MIB);
  }

  /** Ends it, as Ctrl-C does, or at last by force. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
