package io.roomlog.local;

/** Where functions run. */
public enum FunctionMode {
  /** In this process, from the class path: fast to start and to debug. */
  IN_PROCESS("in-process"),
  /**
   * Each from its packaged jar in processes of its own, under AWS's runtime client: as on Lambda.
   */
  PROCESS("process");

  private final String text;

  FunctionMode(String text) {
    this.text = text;
  }

  /** The mode as the command line writes it. */
  @Override
  public String toString() {
    return text;
  }
}
