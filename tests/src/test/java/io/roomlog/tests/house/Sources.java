package io.roomlog.tests.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of the repository. */
final class Sources {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of("core", "handlers", "fanout", "operate", "local", "tests", "bench");

  private Sources() {}

  /**
   * A source file.
   *
   * @param path from the repository's root
   * @param text what it says
   */
  record Source(Path path, String text) {
    /** Whether it is shipped or started, and no test. */
    boolean isMain() {
      return path.toString().contains("/src/main/");
    }

    /** Its name without the ending. */
    String name() {
      return path.getFileName().toString().replace(".java", "");
    }
  }

  static List<Source> all() {
    return MODULES.stream().flatMap(module -> below(ROOT.resolve(module).resolve("src"))).toList();
  }

  static List<Source> main() {
    return all().stream().filter(Source::isMain).toList();
  }

  /** Where a source stands. */
  static Path absolute(Source source) {
    return ROOT.resolve(source.path());
  }

  private static Stream<Source> below(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().endsWith(".java"))
          .map(Sources::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path path) {
    try {
      return new Source(ROOT.relativize(path), Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
