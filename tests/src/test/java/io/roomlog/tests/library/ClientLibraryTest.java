package io.roomlog.tests.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.world.Npm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The JavaScript library's own tests, which need nothing but Node. */
class ClientLibraryTest {

  static final Path CLIENT = Path.of("..", "client");

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Test
  void itsOwnTestsPass() throws Exception {
    String written = Npm.installed(CLIENT).run(LIMIT, "npm", "test");
    assertThat(written)
        .contains("pass ")
        .containsPattern("fail 0\\b")
        .containsPattern("skipped 0\\b");
  }
}
