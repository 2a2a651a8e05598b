package io.roomlog.bench.posts;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The process that posts: does what it is told on standard input and answers on standard output, a
 * line each. Arguments: the sender, the server's address, bytes a post, posts at once.
 */
public final class Client {

  private static final Path STATUS = Path.of("/proc/self/status");

  private Client() {}

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws IOException {
    // That nobody checks the server's certificate is meant.
    ((Logger) LoggerFactory.getLogger("software.amazon.awssdk")).setLevel(Level.ERROR);
    Load load =
        Sender.valueOf(arguments[0])
            .load(
                URI.create(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(answer(load, line));
    }
    System.exit(0);
  }

  private static String answer(Load load, String command) throws IOException {
    return switch (command) {
      case "start" -> {
        load.start();
        yield "0";
      }
      case "stop" -> {
        load.stop();
        yield "0";
      }
      case "look" ->
          "%d %d %d %d %d"
              .formatted(
                  System.nanoTime(),
                  system().getProcessCpuTime(),
                  load.posted().posts(),
                  load.posted().failures(),
                  load.posted().takeLongestGap());
      case "memory" -> memory();
      default -> throw new IllegalArgumentException(command);
    };
  }

  private static String memory() throws IOException {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return "%d %d %d %d %d"
        .formatted(
            memory.getHeapMemoryUsage().getUsed(),
            memory.getHeapMemoryUsage().getCommitted(),
            resident(),
            ManagementFactory.getThreadMXBean().getThreadCount(),
            system().getOpenFileDescriptorCount());
  }

  private static long resident() throws IOException {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
          .findFirst()
          .orElseThrow();
    }
  }

  private static UnixOperatingSystemMXBean system() {
    return (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }
}
