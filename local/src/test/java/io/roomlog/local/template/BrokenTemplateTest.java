package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a template holds, it is read or refused with problems: nothing else is thrown. */
class BrokenTemplateTest {
  private static final Path PROJECT = Path.of("..", "template.yaml");
  private static final Path RIGHT =
      Path.of("src", "test", "resources", "templates", "right", "everything.yaml");

  @TempDir Path folder;

  /** What was found, or nothing where the template was read. */
  private List<Problem> read(List<String> lines) throws IOException {
    return read(lines, Map.of());
  }

  private List<Problem> read(List<String> lines, Map<String, String> parameters)
      throws IOException {
    Path file = folder.resolve("template.yaml");
    Files.write(file, lines);
    try {
      assertThat(Template.read(file, parameters).api()).isNotNull();
      return List.of();
    } catch (TemplateProblems e) {
      return e.problems();
    }
  }

  @Test
  void aLostLineIsNoCrash() throws IOException {
    List<String> lines = Files.readAllLines(RIGHT);
    for (int i = 0; i < lines.size(); i++) {
      List<String> rest = new ArrayList<>(lines);
      rest.remove(i);
      assertThat(read(rest)).as("without line %d: %s", i + 1, lines.get(i)).doesNotContainNull();
    }
  }

  @Test
  void anythingInPlaceOfAnythingIsNoCrash() throws IOException {
    List<String> lines = Files.readAllLines(RIGHT);
    List<String> values =
        List.of(
            "", "x", "[]", "{}", "[a, b]", "{a: b}", "!Ref Api", "!Sub", "-1", "!GetAtt a", "~");
    List<String> crashes = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      for (String value : values) {
        List<String> damaged = new ArrayList<>(lines);
        damaged.set(at, lines.get(at).replaceFirst(": .*", ": " + value));
        try {
          assertThat(read(damaged)).doesNotContainNull();
        } catch (RuntimeException e) {
          crashes.add("line %d is now %s: %s".formatted(at + 1, damaged.get(at), e));
        }
      }
    }
    assertThat(crashes).isEmpty();
  }

  @Test
  void allProblemsAreToldInTheOrderOfTheirLines() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(PROJECT));
    lines.replaceAll(
        line ->
            line.replace("BatchSize: 1000", "BatchSize: 0")
                .replace("ProtocolType: WEBSOCKET", "ProtocolTyp: WEBSOCKET")
                .replace("Timeout: 60", "Timeout: 901"));
    assertThat(read(lines, Map.of("AnonymousAccess", "true")))
        .extracting(Problem::where)
        .containsExactly("Api", "FanOutFunction", "MessagesToFanOut");
  }
}
