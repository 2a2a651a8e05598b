package io.roomlog.operate;

/** A command that could not be carried out, or not to its end. */
final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String line;

  /**
   * Says what failed.
   *
   * @param line what, where, and what to do about it
   */
  CommandFailed(String line) {
    super(line);
    this.line = line;
  }

  String line() {
    return line;
  }
}
