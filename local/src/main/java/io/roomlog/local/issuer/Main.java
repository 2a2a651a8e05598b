package io.roomlog.local.issuer;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What {@code ./roomlog issuer} starts: an issuer, until Ctrl-C. */
public final class Main {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final int PORT = 3002;
  private static final String PORT_NAME = "--port";

  private Main() {}

  /**
   * Issues tokens until the process is told to end. Exits with 1 if it cannot listen and with 2 if
   * the arguments make no sense.
   *
   * @param arguments the command line; {@code --help} lists what it may say
   */
  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(spec());
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        commandLine.usage(System.out);
        return;
      }
      run(parsed.matchedOptionValue(PORT_NAME, PORT));
    } catch (CommandLine.ParameterException e) {
      exit(MISUSED, e.getMessage() + "; see --help");
    }
  }

  private static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("roomlog issuer")
            .addOption(
                OptionSpec.builder(PORT_NAME)
                    .type(int.class)
                    .paramLabel("PORT")
                    .description("Where it listens on this machine; 0 for any free port.")
                    .defaultValue(Integer.toString(PORT))
                    .build())
            .addOption(
                OptionSpec.builder("--help", "-h")
                    .usageHelp(true)
                    .description("Shows this.")
                    .build());
    spec.usageMessage()
        .description("Issues tokens to whoever asks on this machine, to try a run that needs them.")
        .showDefaultValues(true);
    return spec;
  }

  private static void run(int port) {
    try (Issuer issuer = Issuer.start(port, InstantSource.system())) {
      System.out.print(
          """
          Issues tokens to everybody on this machine, until Ctrl-C. Start the run with

            ./roomlog --parameter TokenIssuer=%1$s --parameter TokenAudience=%2$s

          and connect with

            npx wscat -s roomlog.v1 -c "ws://localhost:3001/Prod?room=lobby&token=$(curl -s '%1$s/token?sub=ann&rooms=lobby')"

          or open the page at http://localhost:3001/#token=TOKEN with what the curl above answers.

          A token may be asked for with sub, name, rooms, rooms_read (lists with commas), role, and
          minutes or seconds. It is taken until a minute after its end.
          """
              .formatted(issuer.name(), Issuer.AUDIENCE));
      System.out.flush();
      new CountDownLatch(1).await();
    } catch (IOException e) {
      exit(FAILED, "cannot listen on port " + port + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exit(FAILED, "interrupted");
    }
  }

  private static void exit(int status, String line) {
    System.err.println("roomlog issuer: " + line);
    System.exit(status);
  }
}
