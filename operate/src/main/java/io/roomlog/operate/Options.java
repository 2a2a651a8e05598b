package io.roomlog.operate;

import io.roomlog.core.RoomName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that several commands have, and how they are read. */
final class Options {

  static final String ROOM = "--room";
  static final String SENDER = "--sender";

  /** As long as a sender can be, in bytes of UTF-8. */
  private static final int SENDER_BYTES_MAX = 128;

  private Options() {}

  /** A command of a name, which can show how it is used. */
  static CommandSpec command(String name, String... description) {
    CommandSpec spec =
        CommandSpec.create()
            .name("roomlog " + name)
            .addOption(
                OptionSpec.builder("--help", "-h")
                    .usageHelp(true)
                    .description("Shows this.")
                    .build());
    spec.usageMessage().description(description);
    return spec;
  }

  static OptionSpec required(String name, String label, String description) {
    return required(name, String.class, label, description);
  }

  static OptionSpec required(String name, Class<?> type, String label, String description) {
    return of(name, type, label, description).required(true).build();
  }

  static OptionSpec optional(String name, Class<?> type, String label, String description) {
    return of(name, type, label, description).build();
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  private static OptionSpec.Builder of(
      String name, Class<?> type, String label, String description) {
    return OptionSpec.builder(name).type(type).paramLabel(label).description(description);
  }

  static @Nullable String text(ParseResult parsed, String name) {
    return parsed.matchedOptionValue(name, (String) null);
  }

  static boolean has(ParseResult parsed, String name) {
    return parsed.hasMatchedOption(name);
  }

  /** The room that is named. */
  static RoomName room(ParseResult parsed) {
    String name = String.valueOf(text(parsed, ROOM));
    return RoomName.of(name)
        .orElseThrow(
            () -> new Misused(ROOM + " is '" + name + "'; a room's name is " + RoomName.FORM));
  }

  /** The sender that is named; empty if none is. */
  static Optional<String> sender(ParseResult parsed) {
    Optional<String> sender = Optional.ofNullable(text(parsed, SENDER));
    sender
        .filter(
            name ->
                name.isEmpty()
                    || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                        > SENDER_BYTES_MAX)
        .ifPresent(
            name -> {
              throw new Misused(
                  SENDER + " is '" + name + "'; it is 1-" + SENDER_BYTES_MAX + " bytes");
            });
    return sender;
  }

  /** A position from 1 on, if it is named. */
  static Optional<Long> position(ParseResult parsed, String name) {
    Optional<Long> position = Optional.ofNullable(parsed.matchedOptionValue(name, (Long) null));
    position
        .filter(value -> value < 1)
        .ifPresent(
            value -> {
              throw new Misused(name + " is " + value + "; positions begin at 1");
            });
    return position;
  }
}
