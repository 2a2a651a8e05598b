package io.roomlog.bench;

import io.roomlog.bench.beside.BesideBench;
import io.roomlog.bench.beside.BesideResults;
import io.roomlog.bench.machine.Result;
import io.roomlog.bench.machine.Surroundings;
import io.roomlog.bench.memory.MemoryBench;
import io.roomlog.bench.posts.CpuBench;
import io.roomlog.bench.posts.Soak;
import io.roomlog.bench.posts.SoakBench;
import io.roomlog.bench.report.Charts;
import io.roomlog.bench.report.CountReport;
import io.roomlog.bench.report.LineChart;
import io.roomlog.bench.report.TimeReport;
import io.roomlog.bench.rooms.LoadBench;
import io.roomlog.bench.rooms.SenderBench;
import io.roomlog.bench.rooms.SenderResults;
import io.roomlog.bench.start.StartBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
        "%d parts, %s; %s"
            .formatted(
                parts.size(),
                run.small() ? "small" : "about " + minutes + " minutes",
                Surroundings.machine()));
    int failed = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      progress(
          "%d of %d, %s: %s%s"
              .formatted(
                  i + 1,
                  parts.size(),
                  part.label(),
                  part.what(),
                  run.small() ? "" : " (about " + part.minutes() + " minutes)"));
      try {
        make(part);
      } catch (IOException | RuntimeException | AssertionError e) {
        failed++;
        progress("%s failed: %s".formatted(part.label(), e));
        e.printStackTrace();
      } catch (InterruptedException e) {
        progress("interrupted");
        return FAILED;
      }
    }
    progress(
        "%d of %d parts are in %s".formatted(parts.size() - failed, parts.size(), run.results()));
    return failed == 0 ? 0 : FAILED;
  }

  private void make(Part part) throws IOException, InterruptedException {
    Files.createDirectories(run.results());
    switch (part) {
      case COUNTS -> counts();
      case TIME -> virtualTime();
      case START -> start();
      case MEMORY -> memory();
      case CPU -> processor();
      case SOAK -> soak();
      case SENDER -> sender();
      case BESIDE -> beside();
      case LOAD -> load();
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
    Path modules = Path.of("target", "node-sample");
    result.write(new StartBench(run.small() ? 1 : 10, folder, modules).report());
  }

  private void memory() throws IOException, InterruptedException {
    Result result = result(Part.MEMORY, "memory.md", "Memory of the functions");
    Path folder = Files.createTempDirectory("roomlog-memory-");
    MemoryBench.Pace pace =
        run.small() ? new MemoryBench.Pace(2, 5, 1) : new MemoryBench.Pace(100, 200, 3);
    result.write(new MemoryBench(pace, folder).report());
  }

  private void processor() throws IOException, InterruptedException {
    Result result = result(Part.CPU, "cpu.md", "Processor time of a post, by HTTP client");
    CpuBench.Pace pace =
        run.small()
            ? new CpuBench.Pace(seconds(1), seconds(1), seconds(1), 2)
            : new CpuBench.Pace(seconds(8), seconds(25), seconds(2), 5);
    result.write(new CpuBench(pace).report());
  }

  private void sender() throws IOException, InterruptedException {
    Result result = result(Part.SENDER, "sender.md", "A sender's time over the size of the room");
    SenderBench.Pace pace =
        run.small()
            ? new SenderBench.Pace(
                new SenderBench.Rooms(List.of(1, 10), 10, 5),
                new SenderBench.Rooms(List.of(1, 10), 10, 5),
                2)
            : new SenderBench.Pace(
                new SenderBench.Rooms(List.of(1, 10, 100, 1_000, 2_000), 1.5, 10),
                new SenderBench.Rooms(List.of(1, 100), 10, 40),
                5);
    SenderResults results = new SenderBench(pace).run();
    results.chart().write(run.results().resolve("sender.png"));
    result.write(results + "\n![a sender's time](sender.png)\n");
  }

  private void beside() throws IOException, InterruptedException {
    Result result = result(Part.BESIDE, "beside.md", "Roomlog beside the way of AWS's sample");
    BesideBench.Pace pace =
        run.small()
            ? new BesideBench.Pace(
                List.of(
                    new BesideBench.Room(5, 0, 10, 5),
                    new BesideBench.Room(10, 0, 10, 5),
                    new BesideBench.Room(10, 20, 10, 5)),
                1)
            : new BesideBench.Pace(
                List.of(
                    new BesideBench.Room(10, 0, 10, 15),
                    new BesideBench.Room(100, 0, 10, 15),
                    new BesideBench.Room(1_000, 0, 2, 10),
                    new BesideBench.Room(100, 10, 10, 15),
                    new BesideBench.Room(100, 30, 10, 15)),
                5);
    BesideResults results = new BesideBench(pace).run();
    results.senders().write(run.results().resolve("beside-sender.png"));
    results.deliveries().write(run.results().resolve("beside-delivery.png"));
    result.write(
        results
            + "\n![a sender's time](beside-sender.png)\n\n![deliveries](beside-delivery.png)\n");
  }

  private void load() throws IOException, InterruptedException {
    Result result = result(Part.LOAD, "load.md", "A busy big room");
    LoadBench.Pace pace =
        run.small()
            ? new LoadBench.Pace(20, 10, 1, 2, 2)
            : new LoadBench.Pace(2_000, 20, 15, 60, 5);
    result.write(new LoadBench(pace).run().toString());
  }

  private void soak() throws IOException, InterruptedException {
    Result result = result(Part.SOAK, "soak.md", "The posting client for some time");
    Soak soak = new SoakBench(seconds(run.small() ? 2 : 20), seconds(run.small() ? 6 : 600)).run();
    new LineChart("Memory of the posting client", "seconds", "MiB")
        .line("heap in use after a collection", soak.seconds(), soak.heap())
        .line("process beside its heap", soak.seconds(), soak.beside())
        .write(run.results().resolve("soak.png"));
    result.write(soak + "\n![memory over time](soak.png)\n");
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private Result result(Part part, String file, String title) {
    String command = "bench/run " + part.label() + (run.small() ? " --small" : "");
    return new Result(run.results().resolve(file), title, command);
  }

  private static void progress(String what) {
    System.err.println("bench: " + what);
  }
}
