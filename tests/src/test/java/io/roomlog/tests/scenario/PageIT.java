package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.Pause;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.RoomLog;
import io.roomlog.tests.world.Npm;
import io.roomlog.tests.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The page in a real Chromium, against the local run that serves it. What it does there is written
 * in {@code client/test/browser}.
 */
class PageIT {
  private static final Path CLIENT = Path.of("..", "client");
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** Names the browser. If it is set, there must be one: then the test is not skipped. */
  private static final String CHROMIUM = "CHROMIUM";

  private static final List<String> USUAL =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private static final RoomName LONG = new RoomName("long");
  private static final int LONG_MESSAGES = 10_000;

  @Test
  void peopleUseThePageInABrowser() throws Exception {
    Optional<String> chromium = chromium();
    Assumptions.assumeTrue(
        chromium.isPresent(), "no Chromium at " + USUAL + "; name one with " + CHROMIUM);
    Npm client = Npm.installed(CLIENT);
    try (World world = World.start(options -> options.withPage(CLIENT))) {
      fill(world);
      String written =
          client.run(
              LIMIT,
              "env",
              CHROMIUM + "=" + chromium.get(),
              "ROOMLOG_PAGE=" + world.run().page().orElseThrow(),
              "npm",
              "run",
              "test:browser");
      System.out.println(written);
      assertThat(written)
          .containsPattern("pass [1-9]")
          .containsPattern("fail 0\\b")
          .containsPattern("skipped 0\\b");
    }
  }

  private static Optional<String> chromium() {
    return Optional.ofNullable(System.getenv(CHROMIUM))
        .or(() -> USUAL.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst());
  }

  /** A room with a long history; written side by side, so that it does not take half a minute. */
  private static void fill(World world) {
    RoomLog log =
        new RoomLog(world.log(), InstantSource.system(), new SecureRandom(), Pause.real());
    IntStream.range(0, LONG_MESSAGES / RoomLog.DRAFTS_MAX).parallel().forEach(i -> append(log, i));
    assertThat(log.head(LONG).head()).isEqualTo(LONG_MESSAGES);
  }

  private static void append(RoomLog log, int batch) {
    try {
      log.append(LONG, author(batch), drafts(batch));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while filling " + LONG, e);
    }
  }

  private static Author author(int batch) {
    String name = List.of("ann", "bob", "cem", "dörte").get(batch % 4);
    return new Author(name, name, name);
  }

  private static List<Draft> drafts(int batch) {
    return Stream.iterate(0, i -> i + 1)
        .limit(RoomLog.DRAFTS_MAX)
        .map(i -> new Draft(null, "\"" + text(batch * RoomLog.DRAFTS_MAX + i) + "\""))
        .toList();
  }

  /** From one word to a few lines, so that rows have different heights. */
  private static String text(int number) {
    return "Message %d. ".formatted(number) + "And so on, and so forth. ".repeat(number * 7 % 13);
  }
}
