package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project's own template with a few things wrong: it is read, or refused with problems that
 * stand in a line, and in the words of whoever wrote it. {@code -Droomlog.fuzz.seed=7} and {@code
 * -Droomlog.fuzz.times=100} as for the other fuzzers.
 */
class TemplatesFuzzTest {

  private static final Path PROJECT = Path.of("..", "template.yaml");
  private static final long SEED = Long.getLong("roomlog.fuzz.seed", 1);
  private static final int TEMPLATES = 150 * Integer.getInteger("roomlog.fuzz.times", 1);
  private static final long SEEDS_APART = 1_000_003;

  /** Whatever only a programmer could have meant. */
  private static final String[] OF_A_PROGRAM = {
    "Exception", "StackOverflow", "java.lang", "java.util", "snakeyaml", "io.roomlog.local"
  };

  private static final List<String> VALUES =
      List.of(
          "",
          "~",
          "!Ref",
          "!Ref Nobody",
          "!Ref [a]",
          "!Sub \"${\"",
          "!Sub \"${Api.}\"",
          "!Sub ['${a}', {a: !Ref a}]",
          "!GetAtt Api",
          "!GetAtt .",
          "!If [a, b]",
          "!If [IsTraced, !Ref x, !Ref AWS::NoValue]",
          "!Join ['', [!Ref Api]]",
          "!Select [99999999999, [a]]",
          "!Fn::Nothing x",
          "!!java.net.URL [\"http://127.0.0.1\"]",
          "!!python/object:os x",
          "!!binary xx==",
          "&a [*a]",
          "*nobody",
          "? a",
          "- - - -",
          "|",
          ">-",
          "'",
          "\"\\x00\"",
          "\"\\ud800\"",
          "\u202e",
          "\ud83d\ude00",
          "99999999999999999999",
          "-1",
          "1e400",
          "0x7fffffff",
          "0o7",
          "2026-11-28",
          "yes",
          "[" + "[".repeat(200) + "]".repeat(200) + "]",
          "{a: {b: {c: d}}}",
          "x".repeat(20_000),
          "<<: *a");

  @TempDir Path folder;

  @Test
  void aDamagedTemplateIsReadOrRefusedWithProblems() throws IOException {
    System.out.printf("fuzz: templates, %d inputs of seed %d%n", TEMPLATES, SEED);
    List<String> lines = Files.readAllLines(PROJECT);
    Path file = folder.resolve("template.yaml");
    int refused = 0;
    for (int i = 0; i < TEMPLATES; i++) {
      Random random = new Random(SEED * SEEDS_APART + i);
      List<String> told = new ArrayList<>();
      List<String> damaged = new ArrayList<>(lines);
      for (int times = 1 + random.nextInt(2); times > 0; times--) {
        told.add(damage(damaged, random));
      }
      Files.write(file, String.join("\n", damaged).getBytes(StandardCharsets.UTF_8));
      try {
        refused += isRefused(file) ? 1 : 0;
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError(
            "input %d of -Droomlog.fuzz.seed=%d: %s".formatted(i, SEED, told), e);
      }
    }
    assertThat(refused).as("templates that were refused").isBetween(TEMPLATES / 4, TEMPLATES);
  }

  private static boolean isRefused(Path file) {
    try {
      Template.read(file, Map.of("AnonymousAccess", "true"));
      return false;
    } catch (TemplateProblems problems) {
      assertThat(problems.problems()).isNotEmpty();
      for (Problem problem : problems.problems()) {
        assertThat(problem.where()).isNotBlank();
        assertThat(problem.mend()).isNotBlank();
        assertThat(problem.render("template.yaml")).doesNotContain(OF_A_PROGRAM);
      }
      return true;
    }
  }

  private static String damage(List<String> lines, Random random) {
    int at = random.nextInt(lines.size());
    String before = lines.get(at);
    switch (random.nextInt(9)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, before);
      case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      case 3 -> lines.set(at, " ".repeat(1 + random.nextInt(4)) + before);
      case 4 -> lines.set(at, before.strip());
      case 5 -> lines.subList(at, lines.size()).clear();
      case 6 -> lines.set(at, withAnotherCharacter(before, random));
      default -> lines.set(at, withAnotherValue(before, random));
    }
    return "line %d was %s".formatted(at + 1, before);
  }

  private static String withAnotherCharacter(String line, Random random) {
    if (line.isEmpty()) {
      return "\t";
    }
    int at = random.nextInt(line.length());
    return line.substring(0, at) + (char) random.nextInt(0x180) + line.substring(at + 1);
  }

  private static String withAnotherValue(String line, Random random) {
    String value = VALUES.get(random.nextInt(VALUES.size()));
    int colon = line.indexOf(": ");
    return colon < 0 ? line + " " + value : line.substring(0, colon + 2) + value;
  }
}
