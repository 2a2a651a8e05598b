package io.roomlog.tests.smoke;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What {@code ./roomlog smoke} starts. */
public final class Main {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /**
   * Plays the scenarios and ends: with 0 if all passed, with 1 if one failed, and with 2 if the
   * arguments make no sense.
   *
   * @param arguments the address and options; {@code --help} lists them
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CommandLine commandLine = new CommandLine(spec());
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        out.print(commandLine.getUsageMessage());
        return;
      }
      URI address = address(commandLine, parsed.matchedPositionalValue(0, ""));
      List<Scenario> scenarios = chosen(commandLine, parsed);
      Optional<String> token =
          Optional.ofNullable(parsed.matchedOptionValue("--token", (String) null));
      boolean passed =
          new Smoke(address, token, new SecureRandom(), out)
              .play(scenarios).stream().allMatch(Smoke.Outcome::passed);
      // Clients' threads need not be waited for.
      System.exit(passed ? 0 : FAILED);
    } catch (CommandLine.ParameterException e) {
      System.err.println("roomlog: " + e.getMessage() + "; see --help");
      System.exit(MISUSED);
    }
  }

  private static URI address(CommandLine commandLine, String text) {
    try {
      URI address = URI.create(text);
      if (Set.of("ws", "wss").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null
          && address.getQuery() == null) {
        return address;
      }
    } catch (IllegalArgumentException noAddress) {
      // Falls through: the message is the same.
    }
    throw new CommandLine.ParameterException(
        commandLine,
        "the address is '"
            + text
            + "'; it is ws://HOST/STAGE or wss://HOST/STAGE, without a query");
  }

  private static List<Scenario> chosen(CommandLine commandLine, ParseResult parsed) {
    List<String> names = List.of(parsed.matchedOptionValue("--only", new String[0]));
    Set<String> known = Scenarios.ALL.stream().map(Scenario::name).collect(Collectors.toSet());
    names.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new CommandLine.ParameterException(
                  commandLine, "--only names '%s'; the scenarios are %s".formatted(name, listed()));
            });
    return Scenarios.ALL.stream()
        .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
        .toList();
  }

  private static String listed() {
    return Scenarios.ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
  }

  private static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("roomlog smoke")
            .addPositional(
                PositionalParamSpec.builder()
                    .paramLabel("ADDRESS")
                    .type(String.class)
                    .required(true)
                    .description("Where clients connect, e.g. ws://localhost:3001/Prod.")
                    .build())
            .addOption(
                OptionSpec.builder("--token")
                    .type(String.class)
                    .paramLabel("JWT")
                    .description("A token, for a deployment that asks for one.")
                    .build())
            .addOption(
                OptionSpec.builder("--only")
                    .type(String[].class)
                    .splitRegex(",")
                    .paramLabel("NAME")
                    .description("Of " + listed() + ": these only, a comma between them.")
                    .build())
            .addOption(
                OptionSpec.builder("--help", "-h")
                    .usageHelp(true)
                    .description("Shows this.")
                    .build());
    spec.usageMessage()
        .description(
            "Plays the scenarios of tests/ against a deployment and shows a line for each. Every"
                + " scenario has random rooms of its own, so a deployment in use can be asked; its"
                + " messages stay in those rooms.",
            "");
    return spec;
  }
}
