package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  @Test
  void everyLinkInTheDocumentsLeadsSomewhere() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages =
          Stream.concat(docs.filter(page -> page.toString().endsWith(".md")), readme()).toList();
      assertThat(pages).hasSizeGreaterThan(3);
      assertThat(pages.stream().flatMap(LinksTest::deadLinks)).isEmpty();
    }
  }

  private static Stream<Path> readme() {
    return Stream.of(ROOT.resolve("README.md"));
  }

  private static Stream<String> deadLinks(Path page) {
    try {
      return LINK.matcher(Files.readString(page))
          .results()
          .map(link -> link.group(1))
          .filter(link -> !Files.exists(page.resolveSibling(link)))
          .map(link -> ROOT.relativize(page) + " links to " + link);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
