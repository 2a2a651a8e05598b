package io.roomlog.fanout.push;

import io.roomlog.core.RoomName;
import io.roomlog.fanout.crowd.Range;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line of {@code ./roomlog push}. */
final class PushArguments {

  /** Positions of one command, at most; more are more commands, and a queue that is looked at. */
  static final int POSITIONS_MAX = 100_000;

  private static final int PORT_DEFAULT = 3001;
  private static final int PORT_MAX = 65_535;

  private final CommandLine commandLine = new CommandLine(spec());

  /** What is asked for. */
  sealed interface Request {
    /** Put these ranges on that queue. */
    record Push(List<Range> ranges, Queue queue) implements Request {}

    /** Show how to use it, and end. */
    record Help(String text) implements Request {}

    /** What was asked for makes no sense, as the line says. */
    record Misused(String line) implements Request {}
  }

  /** Where the queue is. */
  sealed interface Queue {
    /** Of the run on this machine whose clients connect to that port. */
    record Local(int port) implements Queue {}

    /** On AWS, or wherever that leads. */
    record At(URI url) implements Queue {}
  }

  Request read(String... arguments) {
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      return parsed.isUsageHelpRequested()
          ? new Request.Help(commandLine.getUsageMessage())
          : push(parsed);
    } catch (CommandLine.ParameterException e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse("unreadable arguments");
      return new Request.Misused(reason + "; see --help");
    }
  }

  private static Request push(ParseResult parsed) {
    String name = parsed.matchedOptionValue("--room", "");
    long from = parsed.matchedOptionValue("--from", 0L);
    long to = parsed.matchedOptionValue("--to", 0L);
    Optional<RoomName> room = RoomName.of(name);
    if (room.isEmpty()) {
      return misused("--room is '" + name + "'; a room's name is " + RoomName.FORM);
    }
    Optional<String> fault = Range.fault(from, to, POSITIONS_MAX);
    if (fault.isPresent()) {
      return misused("--" + fault.get());
    }
    @Nullable URI url = parsed.matchedOptionValue("--queue-url", null);
    if (url != null && (url.getHost() == null || !url.getPath().endsWith(".fifo"))) {
      return misused("--queue-url is '" + url + "'; a FIFO queue's is https://…/….fifo");
    }
    int port = parsed.matchedOptionValue("--port", PORT_DEFAULT);
    if (port < 1 || port > PORT_MAX) {
      return misused("--port is " + port + "; it is 1 to " + PORT_MAX);
    }
    return new Request.Push(
        Range.all(room.get(), from, to), url == null ? new Queue.Local(port) : new Queue.At(url));
  }

  private static Request misused(String reason) {
    return new Request.Misused(reason + "; see --help");
  }

  private static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("roomlog push")
            .addOption(required("--room", String.class, "ROOM", "The room."))
            .addOption(required("--from", Long.class, "POSITION", "The first position."))
            .addOption(required("--to", Long.class, "POSITION", "The last position."))
            .addOption(
                option("--queue-url", URI.class, "URL")
                    .description(
                        "The deployment's queue, its output CrowdQueue; without it, that of the"
                            + " run on this machine.")
                    .build())
            .addOption(
                option("--port", Integer.class, "PORT")
                    .description("Where clients of the run on this machine connect.")
                    .defaultValue(Integer.toString(PORT_DEFAULT))
                    .build())
            .addOption(
                OptionSpec.builder("--help", "-h")
                    .usageHelp(true)
                    .description("Shows this.")
                    .build());
    spec.usageMessage()
        .description(
            "Pushes what stands at positions of a room again, to everybody who is in it. Plain"
                + " connections get what is not older than a minute.")
        .sortOptions(false);
    return spec;
  }

  private static OptionSpec required(String name, Class<?> type, String label, String description) {
    return option(name, type, label).description(description).required(true).build();
  }

  private static OptionSpec.Builder option(String name, Class<?> type, String label) {
    return OptionSpec.builder(name).type(type).paramLabel(label);
  }
}
