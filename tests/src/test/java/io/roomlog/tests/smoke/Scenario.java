package io.roomlog.tests.smoke;

/**
 * Something that a deployment must do.
 *
 * @param name by which {@code --only} takes it
 * @param what what it shows, as a sentence
 * @param play plays it
 */
record Scenario(String name, String what, Play play) {

  /** What happens in a scenario. */
  @FunctionalInterface
  interface Play {
    /**
     * Plays.
     *
     * @return what was seen, for the table
     * @throws AssertionError if it is not what must be seen
     */
    String in(Stage stage);
  }
}
