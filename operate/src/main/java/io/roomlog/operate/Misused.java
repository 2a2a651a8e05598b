package io.roomlog.operate;

/** A command line that makes no sense. */
final class Misused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String line;

  /**
   * Says what is wrong with it.
   *
   * @param line names the option, its value and what it should be
   */
  Misused(String line) {
    super(line);
    this.line = line;
  }

  String line() {
    return line;
  }
}
