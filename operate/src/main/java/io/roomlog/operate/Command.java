package io.roomlog.operate;

import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One of the operator's commands. */
interface Command {

  /** Its name, its options, and what it says of itself. */
  CommandSpec spec();

  /**
   * Does it.
   *
   * @param parsed the command line, which the spec has taken
   * @param console where it shows what came of it
   * @throws Misused if what is asked for makes no sense; nothing has been done
   * @throws CommandFailed if it could not be done, or not to its end
   */
  void run(ParseResult parsed, Console console) throws InterruptedException;

  /**
   * Where a command writes.
   *
   * @param out what was asked for
   * @param err what there is to say about it
   */
  record Console(PrintStream out, PrintStream err) {}
}
