package io.roomlog.tests.world;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A real browser, where this machine has one. */
public final class Chromium {

  /** Names the browser. If it is set, there must be one: then nothing is skipped. */
  public static final String VARIABLE = "CHROMIUM";

  private static final List<String> USUAL =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private Chromium() {}

  /** Where it is; a test without one is skipped, and says so. */
  public static String orSkip() {
    Optional<String> path =
        Optional.ofNullable(System.getenv(VARIABLE))
            .or(() -> USUAL.stream().filter(one -> Files.isExecutable(Path.of(one))).findFirst());
    Assumptions.assumeTrue(
        path.isPresent(), "no Chromium at " + USUAL + "; name one with " + VARIABLE);
    return path.orElseThrow();
  }
}
