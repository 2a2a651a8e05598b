package io.roomlog.tests.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder with a {@code package.json}, and the programs of Node in it. */
public final class Npm {

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);

  /** What npm writes when it is done. */
  private static final Path INSTALLED = Path.of("node_modules", ".package-lock.json");

  private final Path folder;

  private Npm(Path folder) {
    this.folder = folder;
  }

  /**
   * Installs what the folder's lock says, where that has not been done.
   *
   * @throws IOException if there is no npm on the PATH
   */
  public static synchronized Npm installed(Path folder) throws IOException, InterruptedException {
    Npm npm = new Npm(folder);
    Path installed = folder.resolve(INSTALLED);
    Path lock = folder.resolve("package-lock.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) < 0) {
      npm.run(INSTALL_LIMIT, "npm", "ci");
      Files.setLastModifiedTime(installed, Files.getLastModifiedTime(lock));
    }
    return npm;
  }

  /**
   * Runs a program in the folder.
   *
   * @return what it has written
   * @throws AssertionError with what it has written, if it fails or takes too long
   */
  public String run(Duration limit, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("node", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean hasEnded = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      String written = Files.readString(output);
      if (!hasEnded || process.exitValue() != 0) {
        String how = hasEnded ? "failed" : "did not end within " + limit;
        throw new AssertionError(
            "%s in %s %s:%n%s".formatted(List.of(command), folder, how, written));
      }
      return written;
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
