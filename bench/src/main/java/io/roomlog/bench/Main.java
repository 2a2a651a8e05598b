package io.roomlog.bench;

import io.roomlog.bench.report.Charts;
import io.roomlog.bench.report.CountReport;
import io.roomlog.bench.report.TimeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Makes every table and chart. The argument is the folder that they are written to. */
public final class Main {

  private static final String COMMAND = "./mvnw verify -pl bench -am -Pbench -DskipTests";

  private Main() {}

  /** Counts, runs, writes; says what it is at on standard error. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("one argument: the folder for the results");
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    progress("counting, with rooms of up to 10,000 on DynamoDB Local");
    CountReport counts = new CountReport();
    write(folder.resolve("counts.md"), "Counts", "The same on any machine.", counts.counts());
    write(
        folder.resolve("cost.md"),
        "Cost",
        "Dollars for a million delivered messages, from the counts and the price list.",
        counts.cost());
    Charts.posts(counts.ours(), folder.resolve("posts.png"));
    virtualTime(folder);
    progress("done: " + folder);
    // DynamoDB Local leaves threads behind.
    System.exit(0);
  }

  private static void virtualTime(Path folder) throws IOException {
    TimeReport time = new TimeReport();
    StringBuilder text = new StringBuilder();
    progress("one message to rooms of 10,000 to 1,000,000, in virtual time");
    text.append("## One message\n\n").append(time.broadcasts());
    Charts.broadcast(time.last(), folder.resolve("broadcast.png"));
    progress("messages for a minute");
    text.append("\n## Messages for a minute\n\n").append(time.steady());
    progress("small rooms beside a big one");
    text.append("\n## 50 rooms of 20, a message a second each\n\n").append(time.beside());
    progress("a slow account");
    text.append("\n## A slow account\n\n").append(time.slowAccount());
    progress("every assumption larger and smaller by half");
    text.append("\n## Every assumption, half and half as much again\n\n");
    text.append(time.sensitivity());
    write(
        folder.resolve("virtual-time.md"),
        "Virtual time",
        "Computed, not measured: the real fan-out against a model of the platform, seed 1.",
        text.toString());
  }

  private static void write(Path file, String title, String what, String text) throws IOException {
    String origin =
        "%s, JDK %s, %s, %d processors. `%s`"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                COMMAND);
    Files.writeString(file, "# " + title + "\n\n" + what + " " + origin + "\n\n" + text);
  }

  private static void progress(String what) {
    System.err.println("bench: " + what);
  }
}
