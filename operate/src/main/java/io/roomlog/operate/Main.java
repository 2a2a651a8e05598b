package io.roomlog.operate;

import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.dynamo.UnreadableItem;
import io.roomlog.core.log.AppendFailed;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkException;

/** What {@code ./roomlog COMMAND} starts, for each of the operator's commands. */
public final class Main {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final int BUFFER_BYTES = 64 * 1024;

  private static final List<Command> COMMANDS =
      List.of(
          new PushCommand(),
          new SendCommand(),
          new KickCommand(),
          new BanCommand(),
          new UnbanCommand(),
          new BansCommand(),
          new ExportCommand(),
          new EraseCommand());

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final Command.Console console;

  private Main(Command.Console console) {
    this.console = console;
    COMMANDS.forEach(command -> commands.put(lastWord(command.spec().name()), command));
  }

  /**
   * Carries a command out and ends: with 0 if that is done, with 1 if it failed and with 2 if the
   * arguments make no sense, after one line on standard error that says why.
   *
   * @param arguments the command and its options; {@code --help} lists what it may say
   */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8);
    int status = run(out, System.err, arguments);
    out.flush();
    System.exit(status);
  }

  /**
   * As {@link #main}, and gives the exit code instead of ending the process.
   *
   * @param out where results are written
   * @param err where is written what went wrong
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return new Main(new Command.Console(out, err)).run(arguments);
  }

  private int run(String... arguments) {
    Optional<Command> command =
        Optional.ofNullable(arguments.length == 0 ? null : arguments[0]).map(commands::get);
    if (command.isEmpty()) {
      return exit(MISUSED, "the command is one of " + commands.keySet());
    }
    String[] options = new String[arguments.length - 1];
    System.arraycopy(arguments, 1, options, 0, options.length);
    try {
      return run(command.get(), options);
    } catch (CommandLine.ParameterException e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse("unreadable arguments");
      return exit(MISUSED, reason + "; see --help");
    } catch (Misused e) {
      return exit(MISUSED, e.line() + "; see --help");
    } catch (CommandFailed e) {
      return exit(FAILED, e.line());
    } catch (StorageUnavailable | AppendFailed | UnreadableItem e) {
      return exit(FAILED, "the tables did not do it: " + e.getMessage());
    } catch (SdkException e) {
      return exit(FAILED, "AWS did not do it: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return exit(FAILED, "interrupted");
    }
  }

  private int run(Command command, String... options) throws InterruptedException {
    CommandLine commandLine = new CommandLine(command.spec());
    ParseResult parsed = commandLine.parseArgs(options);
    if (parsed.isUsageHelpRequested()) {
      console.out().print(commandLine.getUsageMessage());
    } else {
      command.run(parsed, console);
    }
    return 0;
  }

  private static String lastWord(String name) {
    return name.substring(name.lastIndexOf(' ') + 1);
  }

  private int exit(int status, String line) {
    console.out().flush();
    console.err().println("roomlog: " + line);
    return status;
  }
}
