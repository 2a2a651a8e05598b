package io.roomlog.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.RunProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./roomlog --data FOLDER} starts, for 20 minutes with 200 connections in one room and
 * 50 messages a second: every message comes to everybody once and in order, and the process holds
 * no more at the end than before. The log is kept in a folder, since a log in memory grows with
 * what it is told, as it should.
 *
 * <p>Run by {@code ./mvnw verify -pl tests -am -Psoak}; {@code -Droomlog.soak.seconds=30} for less
 * than 20 minutes.
 */
class SoakRun {

  private static final int SECONDS = Integer.getInteger("roomlog.soak.seconds", 1_200);
  private static final int CONNECTIONS = Integer.getInteger("roomlog.soak.connections", 200);
  private static final int MESSAGES_A_SECOND = Integer.getInteger("roomlog.soak.rate", 50);
  private static final String RESULTS = System.getProperty("roomlog.soak.results", "");
  private static final int LOOKS = 20;
  private static final int MINUTES_MAX = 120;

  /** A client asks for what it lacks every minute, give or take a fifth. */
  private static final Duration RECOVERY = Duration.ofSeconds(150);

  private static final List<Flat> FLAT =
      List.of(
          new Flat("heap after a collection, KiB", Look::heapKib, 0.1, 8_192),
          new Flat("resident memory, KiB", Look::residentKib, 0.1, 24_576),
          new Flat("threads", Look::threads, 0, 10),
          new Flat("open files", Look::files, 0, 20));

  @TempDir Path data;

  @Test
  @Timeout(value = MINUTES_MAX, unit = TimeUnit.MINUTES)
  void nothingIsLostAndNothingGrows() throws Exception {
    int messages = SECONDS * MESSAGES_A_SECOND;
    try (RunProcess run = RunProcess.start(Map.of(), "--data", data.toString());
        Audience audience = new Audience(run::address, CONNECTIONS)) {
      List<Look> looks = soak(run, audience, messages);
      Await.until(
          "everybody has heard everything, and been told so",
          RECOVERY,
          () ->
              "%,d deliveries are lacking, and %,d acknowledgements"
                  .formatted(audience.lacking(messages), messages - audience.acknowledged()),
          () -> audience.lacking(messages) == 0 && audience.acknowledged() == messages);
      List<String> faults =
          FLAT.stream().map(flat -> flat.fault(looks)).flatMap(Optional::stream).toList();
      tell(report(audience, messages, looks, faults));
      assertThat(audience.wrong()).isEmpty();
      assertThat(audience.acknowledged()).as("acknowledged").isEqualTo(messages);
      assertThat(faults).isEmpty();
    }
  }

  private static List<Look> soak(RunProcess run, Audience audience, int messages)
      throws IOException, InterruptedException {
    long interval = TimeUnit.SECONDS.toNanos(1) / MESSAGES_A_SECOND;
    long begin = System.nanoTime();
    audience.schedule(begin, interval);
    AtomicInteger said = new AtomicInteger();
    Thread speakers =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int number = 0; number < messages; number++) {
                    long due = begin + number * interval;
                    Await.until("the next is due", () -> System.nanoTime() >= due);
                    audience.say(said.getAndIncrement());
                  }
                });
    List<Look> looks = new ArrayList<>();
    for (int i = 1; i <= LOOKS; i++) {
      long due = begin + TimeUnit.SECONDS.toNanos(SECONDS) * i / LOOKS;
      Await.until(
          "a look is due",
          Duration.ofSeconds(SECONDS),
          () -> said + " are said",
          () -> System.nanoTime() >= due);
      looks.add(Look.at((due - begin) / TimeUnit.SECONDS.toNanos(1), run.process()));
    }
    speakers.join();
    return looks;
  }

  private static String report(
      Audience audience, int messages, List<Look> looks, List<String> faults) {
    String rows =
        looks.stream()
            .map(
                look ->
                    String.format(
                        Locale.ROOT,
                        "| %d | %.1f | %.1f | %d | %d |",
                        look.second(),
                        look.heapKib() / 1_024.0,
                        look.residentKib() / 1_024.0,
                        look.threads(),
                        look.files()))
            .collect(Collectors.joining("\n"));
    return """
    %s, %d processors, Java %s; %,d s, %d connections in one room, %d messages a second.

    %,d messages, %,d acknowledged; %,d deliveries of %,d, %,d lacking, %d things wrong. From when \
    a message was due to its receipt: p50 %d ms, p99 %d ms, most %d ms.

    | second | heap after a collection, MiB | resident, MiB | threads | open files |
    |---|---|---|---|---|
    %s

    %s
    """
        .formatted(
            Instant.now().toString().substring(0, 10),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            SECONDS,
            CONNECTIONS,
            MESSAGES_A_SECOND,
            messages,
            audience.acknowledged(),
            audience.deliveries(),
            (long) messages * CONNECTIONS,
            audience.lacking(messages),
            audience.wrong().size(),
            audience.delay(0.5).toMillis(),
            audience.delay(0.99).toMillis(),
            audience.delay(1).toMillis(),
            rows,
            faults.isEmpty() ? "Flat, by the rule in docs/testing.md." : String.join("\n", faults));
  }

  private static void tell(String report) throws IOException {
    System.out.println(report);
    if (!RESULTS.isEmpty()) {
      Files.writeString(Path.of(RESULTS), report);
    }
  }
}
