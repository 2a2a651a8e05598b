package io.roomlog.bench.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The packaged functions, and what the SDK would bring along if it were not told otherwise. */
final class Builds {

  /** What the SDK has on the class path unless it is excluded: its two default HTTP clients. */
  private static final List<String> SDK_DEFAULTS =
      List.of(
          "apache-client",
          "httpclient",
          "httpcore",
          "commons-codec",
          "commons-logging",
          "jcl-over-slf4j",
          "netty-");

  private Builds() {}

  /** The jar that is deployed for a module. */
  static Path packaged(String module) {
    Path home = Path.of("..").toAbsolutePath().normalize();
    Path jar = home.resolve(module).resolve("target").resolve("roomlog-" + module + "-lambda.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("there is no " + jar + ": build it with ./mvnw package");
    }
    return jar;
  }

  /** The jars of the SDK's default HTTP clients, from this process's class path. */
  static List<Path> sdkDefaults() {
    return beginningWith(SDK_DEFAULTS);
  }

  /** The SDK's client of connections, which the fan-out does without. */
  static List<Path> connectionsClient() {
    return beginningWith(List.of("apigatewaymanagementapi"));
  }

  private static List<Path> beginningWith(List<String> names) {
    return classPath()
        .filter(path -> names.stream().anyMatch(path.getFileName().toString()::startsWith))
        .toList();
  }

  /** Where this module's own classes are. */
  static Path own() {
    return classPath()
        .filter(path -> Files.isDirectory(path) || path.getFileName().toString().contains("bench"))
        .filter(Builds::hasThis)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("bench is not on its own class path"));
  }

  private static boolean hasThis(Path path) {
    String entry = Builds.class.getName().replace('.', '/') + ".class";
    if (Files.isDirectory(path)) {
      return Files.exists(path.resolve(entry));
    }
    try (var jar = new JarFile(path.toFile())) {
      return jar.getEntry(entry) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of);
  }

  static double megabytes(List<Path> files) {
    long bytes = 0;
    for (Path file : files) {
      try {
        bytes += Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes / 1e6;
  }
}
