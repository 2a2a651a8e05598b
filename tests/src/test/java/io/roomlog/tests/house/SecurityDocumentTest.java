package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each attack that docs/security.md tells of is tried by a test that exists. */
class SecurityDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "security.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| [^|]+ \\| [^|]+ \\| (`[^|]+) \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final int ATTACKS_MIN = 40;

  private final Map<String, String> tests =
      Sources.all().stream()
          .filter(source -> source.path().toString().contains("src/test/"))
          .filter(source -> source.name().matches(".*(Test|IT|Contract)"))
          .collect(
              Collectors.toMap(
                  Sources.Source::name, Sources.Source::text, (one, other) -> one + other));

  private static List<Matcher> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .toList();
  }

  @Test
  void thereAreAtLeastFortyAndTheyAreNumbered() throws IOException {
    List<Matcher> rows = rows();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(ATTACKS_MIN);
    assertThat(rows.stream().map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, rows.size()).boxed().toList());
  }

  @Test
  void everyAttackIsTriedByATestThatExists() throws IOException {
    Function<Matcher, List<String>> named =
        row -> NAMED.matcher(row.group(2)).results().map(each -> each.group()).toList();
    assertThat(rows()).allSatisfy(row -> assertThat(named.apply(row)).isNotEmpty());
    assertThat(rows().stream().flatMap(row -> named.apply(row).stream()).distinct())
        .allMatch(this::exists);
  }

  private boolean exists(String name) {
    Matcher parts = NAMED.matcher(name);
    return parts.matches()
        && tests.getOrDefault(parts.group(1), "").contains(" void " + parts.group(2) + "(");
  }
}
