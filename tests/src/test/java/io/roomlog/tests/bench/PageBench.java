package io.roomlog.tests.bench;

import io.roomlog.tests.world.Chromium;
import io.roomlog.tests.world.LongRoom;
import io.roomlog.tests.world.Npm;
import io.roomlog.tests.world.World;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * How long the page's tasks take in a room of 10,000 messages: {@code ./mvnw verify -pl tests -am
 * -Ppage}. What is measured is written in {@code client/measure}; fails on a task over 60 ms.
 */
class PageBench {
  private static final Path CLIENT = Path.of("..", "client");
  private static final String TIMES = System.getProperty("roomlog.page.times", "3");
  private static final Path RESULTS =
      Path.of(System.getProperty("roomlog.page.results", "target/page.md"));
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Test
  void noTaskOfTheLongRoomIsFelt() throws Exception {
    String chromium = Chromium.orSkip();
    Npm client = Npm.installed(CLIENT);
    try (World world = World.start(options -> options.withPage(CLIENT))) {
      LongRoom.fill(world);
      System.out.println(
          client.run(
              LIMIT,
              "env",
              Chromium.VARIABLE + "=" + chromium,
              "ROOMLOG_PAGE=" + world.run().page().orElseThrow(),
              "npm",
              "run",
              "measure",
              "--",
              "--times",
              TIMES,
              "--out",
              RESULTS.toAbsolutePath().toString()));
    }
  }
}
