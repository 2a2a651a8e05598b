package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import io.roomlog.tests.house.Sources.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source is formatted by google-java-format. Run here and not by a Maven plugin, because the
 * plugins run it on Maven's own JDK, which may be older than the language of the sources.
 */
class FormatTest {

  private static final boolean WRITE = Boolean.getBoolean("roomlog.format");

  private final Formatter formatter = new Formatter();

  @Test
  void everySourceIsFormatted() {
    List<String> wrong =
        Sources.all().stream()
            .filter(source -> !formatted(source).equals(source.text()))
            .peek(source -> writeIfAsked(source))
            .map(source -> source.path().toString())
            .toList();
    assertThat(WRITE ? List.of() : wrong).as("to mend: ./mvnw test -Pformat").isEmpty();
  }

  private String formatted(Source source) {
    try {
      return formatter.formatSourceAndFixImports(
          RemoveUnusedImports.removeUnusedImports(source.text()));
    } catch (FormatterException e) {
      throw new AssertionError("cannot format " + source.path(), e);
    }
  }

  private void writeIfAsked(Source source) {
    if (WRITE) {
      try {
        Files.writeString(Sources.absolute(source), formatted(source));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
