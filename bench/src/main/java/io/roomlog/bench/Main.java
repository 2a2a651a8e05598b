package io.roomlog.bench;

import io.roomlog.bench.machine.Result;
import io.roomlog.bench.machine.Surroundings;
import io.roomlog.bench.report.Charts;
import io.roomlog.bench.report.CountReport;
import io.roomlog.bench.report.TimeReport;
import io.roomlog.bench.start.StartBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Makes the tables and charts, or some of them; what {@code bench/run} starts. */
public final class Main {

  private static final int MISUSED = 2;
  private static final int FAILED = 1;

  private final Arguments.Request.Run run;

  private Main(Arguments.Request.Run run) {
    this.run = run;
  }

  /** Measures and writes; says what it is at on standard error. */
  public static void main(String[] arguments) {
    // DynamoDB Local leaves threads behind.
    System.exit(
        switch (new Arguments().read(arguments)) {
          case Arguments.Request.Help(String text) -> {
            System.out.print(text);
            yield 0;
          }
          case Arguments.Request.Misused(String line) -> {
            System.err.println("bench: " + line);
            yield MISUSED;
          }
          case Arguments.Request.Run run -> new Main(run).all();
        });
  }

  /** A part that fails is said and does not keep the others from being made. */
  private int all() {
    List<Part> parts = run.parts();
    int minutes = parts.stream().mapToInt(Part::minutes).sum();
    progress(
        "%d parts, %s; %s",
        parts.size(),
        run.small() ? "small" : "about " + minutes + " minutes",
        Surroundings.machine());
    int failed = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      progress(
          "%d of %d, %s: %s%s",
          i + 1,
          parts.size(),
          part.label(),
          part.what(),
          run.small() ? "" : " (about " + part.minutes() + " minutes)");
      try {
        make(part);
      } catch (IOException | RuntimeException | AssertionError e) {
        failed++;
        progress("%s failed: %s", part.label(), e);
        e.printStackTrace();
      } catch (InterruptedException e) {
        progress("interrupted");
        return FAILED;
      }
    }
    progress("%d of %d parts are in %s", parts.size() - failed, parts.size(), run.results());
    return failed == 0 ? 0 : FAILED;
  }

  private void make(Part part) throws IOException, InterruptedException {
    Files.createDirectories(run.results());
    switch (part) {
      case COUNTS -> counts();
      case TIME -> virtualTime();
      case START -> start();
    }
  }

  private void counts() throws IOException, InterruptedException {
    Result counted = result(Part.COUNTS, "counts.md", "Counts");
    Result cost = result(Part.COUNTS, "cost.md", "Cost");
    progress("counting, with rooms of up to 10,000 on DynamoDB Local");
    CountReport counts = new CountReport();
    counted.write("The same on any machine.\n\n" + counts.counts());
    cost.write(
        "Dollars for a million delivered messages, from the counts and the price list.\n\n"
            + counts.cost());
    Charts.posts(counts.ours(), run.results().resolve("posts.png"));
  }

  private void virtualTime() throws IOException {
    Result result = result(Part.TIME, "virtual-time.md", "Virtual time");
    TimeReport time = new TimeReport();
    StringBuilder text =
        new StringBuilder(
            "Computed, not measured: the real fan-out against a model of the platform, seed 1."
                + " The same on any machine.\n\n");
    progress("one message to rooms of 10,000 to 1,000,000, in virtual time");
    text.append("## One message\n\n").append(time.broadcasts());
    Charts.broadcast(time.last(), run.results().resolve("broadcast.png"));
    progress("messages for a minute");
    text.append("\n## Messages for a minute\n\n").append(time.steady());
    progress("small rooms beside a big one");
    text.append("\n## 50 rooms of 20, a message a second each\n\n").append(time.beside());
    progress("a slow account");
    text.append("\n## A slow account\n\n").append(time.slowAccount());
    progress("every assumption larger and smaller by half");
    text.append("\n## Every assumption, half and half as much again\n\n");
    text.append(time.sensitivity());
    result.write(text.toString());
  }

  private void start() throws IOException, InterruptedException {
    Result result = result(Part.START, "start.md", "The start of the functions");
    Path folder = Files.createTempDirectory("roomlog-start-");
    result.write(new StartBench(run.small() ? 1 : 10, folder).report());
  }

  private Result result(Part part, String file, String title) {
    String command = "bench/run " + part.label() + (run.small() ? " --small" : "");
    return new Result(run.results().resolve(file), title, command);
  }

  private static void progress(String what, Object... figures) {
    System.err.println("bench: " + String.format(Locale.ROOT, what, figures));
  }
}
