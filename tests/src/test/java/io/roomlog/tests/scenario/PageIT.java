package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.issuer.Issuer;
import io.roomlog.tests.world.Chromium;
import io.roomlog.tests.world.LongRoom;
import io.roomlog.tests.world.Npm;
import io.roomlog.tests.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The page in a real Chromium, against the local run that serves it. What it does there is written
 * in {@code client/test/browser}.
 */
class PageIT {
  private static final Path CLIENT = Path.of("..", "client");
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @Test
  void peopleUseThePageInABrowser() throws Exception {
    String chromium = Chromium.orSkip();
    try (World world = World.start(options -> options.withPage(CLIENT))) {
      LongRoom.fill(world);
      passes("test:browser", chromium, page(world));
    }
  }

  @Test
  @EnabledIf(
      value = "io.roomlog.tests.world.World#inThisProcess",
      disabledReason = "it takes half a minute, and a page cannot tell where functions run")
  void peopleWithTokensUseThePageAsItIsDeployed() throws Exception {
    String chromium = Chromium.orSkip();
    try (Issuer issuer = Issuer.start(0, InstantSource.system());
        World world = World.start(options -> options.withPage(CLIENT).with(tokensOf(issuer)))) {
      passes(
          "test:tokens",
          chromium,
          page(world),
          "ROOMLOG_SERVER=" + world.address(""),
          "ROOMLOG_ISSUER=" + issuer.name());
    }
  }

  private static String page(World world) {
    return "ROOMLOG_PAGE=" + world.run().page().orElseThrow();
  }

  private static Map<String, String> tokensOf(Issuer issuer) {
    return Map.of("TokenIssuer", issuer.name().toString(), "TokenAudience", Issuer.AUDIENCE);
  }

  private static void passes(String script, String chromium, String... variables) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", Chromium.VARIABLE + "=" + chromium));
    command.addAll(List.of(variables));
    command.addAll(List.of("npm", "run", script));
    String written = Npm.installed(CLIENT).run(LIMIT, command.toArray(String[]::new));
    System.out.println(written);
    assertThat(written)
        .containsPattern("pass [1-9]")
        .containsPattern("fail 0\\b")
        .containsPattern("skipped 0\\b");
  }
}
