package io.roomlog.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from a map of variables, and collects what is wrong, so that a start fails with
 * all of it at once. Values are never part of an error: some are secrets.
 */
public final class Settings {

  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  private Settings(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * Builds a configuration record.
   *
   * @param variables e.g. the environment
   * @param build takes what it needs and builds the record
   * @throws SettingsInvalid if a setting that it took is missing or malformed; names each
   */
  public static <T> T read(Map<String, String> variables, Function<Settings, T> build) {
    Settings settings = new Settings(Map.copyOf(variables));
    T built = build.apply(settings);
    if (!settings.problems.isEmpty()) {
      throw new SettingsInvalid(settings.problems);
    }
    return built;
  }

  /** A setting that must be there and not be blank. */
  public String required(String name) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      problems.add(name + " is missing");
    }
    return value;
  }

  /**
   * A setting that must be there and be understood.
   *
   * @param parse makes something of it; may throw {@link IllegalArgumentException}
   * @param form what it should be, for the error
   * @param standIn given where it is missing or malformed, so that all others are looked at too
   */
  public <T> T required(String name, Function<String, T> parse, String form, T standIn) {
    String value = required(name);
    return value.isBlank() ? standIn : parsed(name, value, parse, form, standIn);
  }

  /** As {@link #required(String, Function, String, Object)}; null where it is left out. */
  public <T> @Nullable T optional(String name, Function<String, T> parse, String form, T standIn) {
    return optional(name).map(value -> parsed(name, value, parse, form, standIn)).orElse(null);
  }

  /**
   * Refuses settings that do not go together.
   *
   * @param problem names them, without their values
   */
  public void refuse(String problem) {
    problems.add(problem);
  }

  private <T> T parsed(
      String name, String value, Function<String, T> parse, String form, T standIn) {
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException malformed) {
      problems.add(name + " is not " + form);
      return standIn;
    }
  }

  /** A setting that may be left out. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * A whole number that may be left out.
   *
   * @param otherwise its value then
   * @param least the least that is allowed
   * @param most the most that is allowed
   */
  public int number(String name, int otherwise, int least, int most) {
    String text = variables.get(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through: the message is the same for what is no number and for what is out of range.
    }
    problems.add(name + " is not a whole number from " + least + " to " + most);
    return otherwise;
  }
}
