package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/local.md says is held by a test is held by a test that exists. */
class LocalDocumentTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

  @Test
  void everyTestThatItNamesExists() throws Exception {
    Map<String, String> sources = testSources();
    List<MatchResult> named = named();

    assertThat(named).hasSizeGreaterThan(80);
    assertThat(named)
        .allSatisfy(
            match -> {
              assertThat(sources).containsKey(match.group(1));
              if (match.group(2) != null) {
                assertThat(sources.get(match.group(1))).contains(" void " + match.group(2) + "(");
              }
            });
  }

  private static List<MatchResult> named() throws IOException {
    return NAMED.matcher(Files.readString(ROOT.resolve("docs/local.md"))).results().toList();
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("local", "tests")) {
      Path folder = ROOT.resolve(module).resolve("src/test/java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
            sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
          }
        }
      }
    }
    return sources;
  }
}
