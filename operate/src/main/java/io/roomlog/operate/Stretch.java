package io.roomlog.operate;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The positions that a command is for.
 *
 * @param from the first, from 1 on
 * @param to the last; {@link Long#MAX_VALUE} for the head
 */
record Stretch(long from, long to) {

  static final String FROM = "--from";
  static final String TO = "--to";

  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Options.optional(FROM, Long.class, "POSITION", "The first position (default: 1)."))
        .addOption(
            Options.optional(TO, Long.class, "POSITION", "The last position (default: the head)."));
  }

  static Stretch of(ParseResult parsed) {
    long from = Options.position(parsed, FROM).orElse(1L);
    long to = Options.position(parsed, TO).orElse(Long.MAX_VALUE);
    if (to < from) {
      throw new Misused(TO + " is " + to + "; it is at least " + FROM + ", " + from);
    }
    return new Stretch(from, to);
  }
}
