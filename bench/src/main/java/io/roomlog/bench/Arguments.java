package io.roomlog.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command line of {@code bench/run}. */
final class Arguments {

  private static final String MACHINE = "machine";

  private final CommandLine commandLine = new CommandLine(spec());

  /** What is asked for. */
  sealed interface Request {
    /**
     * Measure.
     *
     * @param parts which, in their order, each once
     * @param small seconds instead of minutes: shows that it works, and no figures
     * @param results the folder that is written to
     */
    record Run(List<Part> parts, boolean small, Path results) implements Request {}

    /** Show how to use it, and end. */
    record Help(String text) implements Request {}

    /** What was asked for makes no sense, as the line says. */
    record Misused(String line) implements Request {}
  }

  Request read(String... arguments) {
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      return parsed.isUsageHelpRequested()
          ? new Request.Help(commandLine.getUsageMessage())
          : run(parsed);
    } catch (CommandLine.ParameterException e) {
      return misused(Optional.ofNullable(e.getMessage()).orElse("unreadable arguments"));
    }
  }

  private static Request run(ParseResult parsed) {
    List<String> names = parsed.matchedPositionalValue(0, List.of());
    List<Part> chosen = new ArrayList<>();
    for (String name : names) {
      List<Part> parts = parts(name);
      if (parts.isEmpty()) {
        return misused("there is no part '" + name + "'; the parts are " + labels());
      }
      chosen.addAll(parts);
    }
    boolean small = parsed.matchedOptionValue("--small", false);
    Path results =
        parsed.matchedOptionValue("--results", Path.of(small ? "target" : ".", "results"));
    List<Part> all =
        names.isEmpty() ? List.of(Part.values()) : chosen.stream().sorted().distinct().toList();
    return new Request.Run(all, small, results.normalize());
  }

  private static List<Part> parts(String name) {
    return Arrays.stream(Part.values())
        .filter(part -> part.label().equals(name) || (name.equals(MACHINE) && part.onMachine()))
        .toList();
  }

  private static Request misused(String reason) {
    return new Request.Misused(reason + "; see --help");
  }

  private static String labels() {
    return Arrays.stream(Part.values()).map(Part::label).collect(Collectors.joining(", "))
        + ", and "
        + MACHINE
        + " for all that are this machine's";
  }

  private static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("bench/run")
            .addPositional(
                PositionalParamSpec.builder()
                    .index("0..*")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("0..*")
                    .paramLabel("PART")
                    .description("Which parts; all of them if none is named: " + labels() + ".")
                    .build())
            .addOption(
                OptionSpec.builder("--small")
                    .type(boolean.class)
                    .description(
                        "Seconds instead of minutes, to try it out; written to bench/target/results"
                            + " unless told otherwise.")
                    .build())
            .addOption(
                OptionSpec.builder("--results")
                    .type(Path.class)
                    .paramLabel("FOLDER")
                    .description("Where the tables go, seen from bench/; its folder results.")
                    .build())
            .addOption(
                OptionSpec.builder("--help", "-h")
                    .usageHelp(true)
                    .description("Shows this.")
                    .build());
    spec.usageMessage()
        .description("Makes the table of what Roomlog costs and how long it takes, or parts of it.")
        .sortOptions(false);
    return spec;
  }
}
