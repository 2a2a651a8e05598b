package io.roomlog.local;

import io.roomlog.local.template.JarHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line. */
final class Arguments {
  private static final int PORT_MAX = 65_535;
  private static final int POLL_MILLIS_MIN = 1;
  private static final int POLL_MILLIS_MAX = 60_000;
  private static final int SEED_DEFAULT_MAX = 1_000_000;

  private static final String FAULT_DESCRIPTION =
      "A fault that strikes this share, 0 to 1, of what it can strike (%s unless told otherwise);"
              .formatted(FaultPlan.SHARE_DEFAULT)
          + " may be repeated. Faults are "
          + String.join(", ", FaultPlan.NAMES)
          + ".";

  private static final String PARAMETER_DESCRIPTION =
      "A parameter of the template; may be repeated. Left out, each has its default, but %s is true"
              .formatted(LocalParameters.ANONYMOUS_ACCESS)
          + " unless %s is given: everybody on this machine may connect."
              .formatted(LocalParameters.TOKEN_ISSUER);

  private record FaultShare(String name, double share) {}

  /** What is asked for. */
  sealed interface Request {
    /** Start. */
    record Run(RunOptions options, LogLevel logLevel) implements Request {}

    /** Show how to use it, and end. */
    record Help(String text) implements Request {}

    /** What was asked for makes no sense, as the line says. */
    record Misused(String line) implements Request {}
  }

  private final CommandLine commandLine;
  private final RandomGenerator random;

  /**
   * Names the template that is run unless told otherwise.
   *
   * @param template the default of {@code --template}
   * @param random the default of {@code --fault-seed}
   */
  Arguments(Path template, RandomGenerator random) {
    this.random = random;
    commandLine = new CommandLine(spec(template));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
  }

  Request read(String... arguments) {
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      return parsed.isUsageHelpRequested()
          ? new Request.Help(commandLine.getUsageMessage())
          : run(parsed);
    } catch (CommandLine.ParameterException e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse("unreadable arguments");
      return new Request.Misused(reason + "; see --help");
    }
  }

  private Request run(ParseResult parsed) {
    int port = parsed.matchedOptionValue("--port", RunOptions.DEFAULT_PORT);
    int poll = parsed.matchedOptionValue("--poll", (int) RunOptions.LAMBDA_POLL.toMillis());
    Path template = commandLine.getCommandSpec().findOption("--template").getValue();
    Map<String, String> parameters = parsed.matchedOptionValue("--parameter", Map.of());
    RunOptions options =
        RunOptions.of(template)
            .onPort(port)
            .with(parameters)
            .polling(Duration.ofMillis(poll))
            .checking(new JarHandlers())
            .struckBy(faults(parsed))
            .in(parsed.matchedOptionValue("--functions", FunctionMode.IN_PROCESS));
    @Nullable Path data = parsed.matchedOptionValue("--data", null);
    return new Request.Run(
        data == null ? options : options.keptIn(data),
        parsed.matchedOptionValue("--log-level", LogLevel.WARN));
  }

  private FaultPlan faults(ParseResult parsed) {
    List<FaultShare> shares = parsed.matchedOptionValue("--fault", List.of());
    // Positive, since it is to be typed again.
    long seed = parsed.matchedOptionValue("--fault-seed", (long) random.nextInt(SEED_DEFAULT_MAX));
    FaultPlan plan = new FaultPlan(Map.of(), seed);
    for (FaultShare each : shares) {
      plan = plan.with(each.name(), each.share());
    }
    return plan;
  }

  private static CommandSpec spec(Path template) {
    CommandSpec spec =
        CommandSpec.create()
            .name("roomlog")
            .addOption(
                whole("--port", 0, PORT_MAX, "PORT", "Where clients connect; 0 for any free port.")
                    .defaultValue(Integer.toString(RunOptions.DEFAULT_PORT))
                    .build())
            .addOption(
                option("--data", Path.class, "DIR", "Keeps the tables in this folder between runs.")
                    .build())
            .addOption(
                option("--template", Path.class, "FILE", "The template to run.")
                    .defaultValue(template.toString())
                    .build())
            .addOption(
                option("--parameter", Map.class, "NAME=VALUE", PARAMETER_DESCRIPTION)
                    .auxiliaryTypes(String.class, String.class)
                    .build())
            .addOption(
                whole(
                        "--poll",
                        POLL_MILLIS_MIN,
                        POLL_MILLIS_MAX,
                        "MS",
                        "Time between polls of a stream.")
                    .defaultValue(Long.toString(RunOptions.LAMBDA_POLL.toMillis()))
                    .build())
            .addOption(
                option("--functions", FunctionMode.class, "MODE", "${COMPLETION-CANDIDATES}.")
                    .defaultValue(FunctionMode.IN_PROCESS.toString())
                    .build())
            .addOption(
                option("--fault", List.class, "NAME[=SHARE]", FAULT_DESCRIPTION)
                    .auxiliaryTypes(FaultShare.class)
                    .converters(Arguments::faultShare)
                    .build())
            .addOption(
                option("--fault-seed", Long.class, "N", "Repeats a run's faults; else at random.")
                    .build())
            .addOption(
                option("--log-level", LogLevel.class, "LEVEL", "${COMPLETION-CANDIDATES}.")
                    .defaultValue(LogLevel.WARN.text())
                    .build())
            .addOption(
                OptionSpec.builder("--help", "-h")
                    .usageHelp(true)
                    .description("Shows this.")
                    .build());
    spec.usageMessage()
        .description("Runs the template on this machine: no AWS account, no Docker.")
        .showDefaultValues(true)
        .sortOptions(false);
    return spec;
  }

  private static FaultShare faultShare(String text) {
    String[] parts = text.split("=", 2);
    try {
      double share = parts.length == 1 ? FaultPlan.SHARE_DEFAULT : Double.parseDouble(parts[1]);
      FaultPlan.none().with(parts[0], share);
      return new FaultShare(parts[0], share);
    } catch (NumberFormatException notANumber) {
      throw new CommandLine.TypeConversionException(
          "the share of %s is '%s'; it must be 0 to 1".formatted(parts[0], parts[1]));
    } catch (IllegalArgumentException refused) {
      throw new CommandLine.TypeConversionException(refused.getMessage());
    }
  }

  private static OptionSpec.Builder option(
      String name, Class<?> type, String label, String description) {
    return OptionSpec.builder(name).type(type).paramLabel(label).description(description);
  }

  private static OptionSpec.Builder whole(
      String name, int lowest, int highest, String label, String description) {
    return option(name, int.class, label, description)
        .converters(
            text -> {
              try {
                int value = Integer.parseInt(text);
                if (value >= lowest && value <= highest) {
                  return value;
                }
              } catch (NumberFormatException notANumber) {
                // Refused below, as any other value outside of the limits.
              }
              throw new CommandLine.TypeConversionException(
                  "'%s' is no whole number from %d to %d".formatted(text, lowest, highest));
            });
  }
}
