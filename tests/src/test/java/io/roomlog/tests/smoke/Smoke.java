package io.roomlog.tests.smoke;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** Plays scenarios against a deployment, one after another, and shows how each of them went. */
final class Smoke {

  private static final String LINE = "%-16s %-6s %8s  %s%n";

  private final URI address;
  private final Optional<String> token;
  private final RandomGenerator random;
  private final PrintStream out;

  /** How a scenario went. */
  record Outcome(Scenario scenario, boolean passed, Duration took, String seen) {}

  Smoke(URI address, Optional<String> token, RandomGenerator random, PrintStream out) {
    this.address = address;
    this.token = token;
    this.random = random;
    this.out = out;
  }

  /** Plays them, and writes a line of the table as soon as it is known. */
  List<Outcome> play(List<Scenario> scenarios) {
    out.printf(LINE, "scenario", "result", "time", "what was seen");
    List<Outcome> outcomes = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Outcome outcome = play(scenario);
      outcomes.add(outcome);
      out.printf(
          LINE,
          scenario.name(),
          outcome.passed() ? "ok" : "FAILED",
          outcome.took().toMillis() + " ms",
          scenario.what() + ": " + outcome.seen());
    }
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    out.printf("%d of %d passed at %s%n", outcomes.size() - failed, outcomes.size(), address);
    return outcomes;
  }

  private Outcome play(Scenario scenario) {
    long start = System.nanoTime();
    try (Stage stage = new Stage(address, token, random)) {
      String seen = scenario.play().in(stage);
      return new Outcome(scenario, true, since(start), seen);
    } catch (AssertionError | CompletionException e) {
      return new Outcome(scenario, false, since(start), reason(e));
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    return cause instanceof AssertionError ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
