package io.roomlog.core.config;

import java.util.List;

/** Settings are missing or malformed; the function cannot start. */
public final class SettingsInvalid extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  SettingsInvalid(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each setting, which names it. */
  public List<String> problems() {
    return problems;
  }
}
