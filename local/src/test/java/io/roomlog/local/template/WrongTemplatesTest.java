package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Templates with one thing wrong. The first lines of each are comments that hold what is expected,
 * whole: nothing may be told besides.
 */
class WrongTemplatesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "templates", "wrong");
  private static final String EXPECTED = "# expected: ";
  private static final String PARAMETERS = "# parameters: ";

  /** What a user is owed: fewer fixtures than this means that some were lost. */
  private static final int FIXTURES_MIN = 25;

  @TempDir static Path jars;

  @BeforeAll
  static void packageHandlers() throws IOException {
    SampleJar.write(jars);
  }

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @Test
  void thereAreEnough() throws IOException {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(FIXTURES_MIN);
  }

  @ParameterizedTest
  @MethodSource("names")
  void isRefusedWithItsLineAndMend(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    List<String> lines = Files.readAllLines(file);
    TemplateProblems problems =
        catchThrowableOfType(
            TemplateProblems.class,
            () -> Template.read(file, parameters(lines), WrongTemplatesTest::check));
    assertThat(problems).as("nothing was found").isNotNull();
    assertThat(problems.problems().stream().map(each -> each.render("template.yaml")))
        .containsExactlyElementsOf(after(lines, EXPECTED).toList());
  }

  private static HandlerCheck.Result check(Path code, String handler) {
    return new JarHandlers().check(jars.resolve(code.getFileName()), handler);
  }

  private static Map<String, String> parameters(List<String> lines) {
    Map<String, String> given = new LinkedHashMap<>();
    after(lines, PARAMETERS)
        .map(line -> line.split("=", 2))
        .forEach(pair -> given.put(pair[0], pair[1]));
    return given;
  }

  private static Stream<String> after(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()));
  }
}
