package io.roomlog.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of results in Markdown, with the machine, the time, and how busy the machine was before
 * and after. Made before anything is measured.
 */
public final class Result {

  private final Path file;
  private final String title;
  private final String command;
  private final String begin;

  /**
   * A result that is being measured from now on.
   *
   * @param file where it goes
   * @param title its heading
   * @param command what makes it again
   */
  public Result(Path file, String title, String command) {
    this.file = file;
    this.title = title;
    this.command = command;
    this.begin = Surroundings.now();
  }

  /** Where it goes. */
  public Path file() {
    return file;
  }

  /** Writes it; what it says begins with the assumptions it stands on. */
  public void write(String text) throws IOException {
    Files.writeString(
        file,
        "# %s\n\n`%s`. %s. From %s to %s.\n\n%s"
            .formatted(title, command, Surroundings.machine(), begin, Surroundings.now(), text));
  }
}
