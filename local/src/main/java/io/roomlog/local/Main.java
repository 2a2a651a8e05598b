package io.roomlog.local;

import io.roomlog.local.Arguments.Request;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** What {@code ./roomlog} starts: a run, until Ctrl-C. */
public final class Main {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /**
   * Runs the template until the process is told to end, then exits with 0.
   *
   * <p>Exits with 1 if the run cannot start and with 2 if the arguments make no sense, after one
   * line on standard error that says why. Standard output has what is started, standard error the
   * log.
   *
   * @param arguments the command line; {@code --help} lists what it may say
   */
  public static void main(String[] arguments) {
    Path home = Path.of(System.getProperty("roomlog.home", ""));
    switch (new Arguments(home.resolve("template.yaml"), new SecureRandom()).read(arguments)) {
      case Request.Help(String text) -> System.out.print(text);
      case Request.Misused(String line) -> exit(MISUSED, line);
      case Request.Run(RunOptions options, LogLevel logLevel) -> {
        logToStandardError(logLevel);
        run(options.showing(RecentEvents.ofLog()).withPage(home.resolve("client")));
      }
    }
  }

  /**
   * Must come before the first logger is made: logback.xml reads both properties once. Makes that
   * logger too, since parts that start at the same time would otherwise meet over it.
   */
  private static void logToStandardError(LogLevel level) {
    System.setProperty("roomlog.log.target", "System.err");
    System.setProperty("LOG_LEVEL", level.text());
    // They are at /metrics.
    System.setProperty("roomlog.metrics.lines", "off");
    LoggerFactory.getILoggerFactory();
  }

  private static void run(RunOptions options) {
    Instant begin = Instant.now();
    try {
      LocalRun run = LocalRun.start(options, d -> print(Display.heading(options, d)));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(run), "end"));
      Duration took = Duration.between(begin, Instant.now());
      print(
          Display.ready(
              took,
              run.page().map(URI::toString),
              run.address().toString(),
              run.operatorView().toString()));
      // Everything else runs on daemon threads.
      new CountDownLatch(1).await();
    } catch (StartException e) {
      exit(FAILED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exit(FAILED, "interrupted");
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Main.class).atError().setCause(e).log("start_failed");
      exit(FAILED, "could not start: " + e);
    }
  }

  /** A process ended by Ctrl-C exits with 130 unless its shutdown says otherwise. */
  private static void end(LocalRun run) {
    try {
      run.close();
      print(Display.struck(run.faultsStruck()));
      Runtime.getRuntime().halt(0);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Main.class).atError().setCause(e).log("end_failed");
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void print(List<String> lines) {
    PrintStream out = System.out;
    lines.forEach(out::println);
    out.flush();
  }

  private static void exit(int status, String line) {
    System.err.println("roomlog: " + line);
    System.exit(status);
  }
}
