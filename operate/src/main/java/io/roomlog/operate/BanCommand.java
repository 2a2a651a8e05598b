package io.roomlog.operate;

import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.DynamoBans;
import io.roomlog.core.dynamo.SenderConnections;
import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.Bans;
import io.roomlog.core.membership.Membership;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code ./roomlog ban}: a sender may not use a room, or the deployment, until a time. The ban is
 * written first and connections are looked for afterwards, so that whoever joins meanwhile is met
 * by one of the two.
 */
final class BanCommand implements Command {

  private static final String UNTIL = "--until";
  private static final Pattern SHORT = Pattern.compile("(\\d{1,6})([mhd])");

  @Override
  public CommandSpec spec() {
    return Scope.addTo(
        Options.command(
                "ban",
                "Bans a sender from a room, or from the whole deployment, until a time: sending,"
                    + " joining and reading are refused, and pushes stop.",
                "",
                "From a room: the sender's connections are taken out of it. From everywhere: they"
                    + " are closed.",
                "")
            .addOption(Options.required(Options.SENDER, "SENDER", "Who."))
            .addOption(
                Options.required(
                    UNTIL,
                    "TIME",
                    "When it ends, 2027-01-31T12:00:00Z, or in how long: 30m, 12h, 7d.")));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    Scope scope = Scope.of(parsed);
    String sender = Options.sender(parsed).orElseThrow();
    Instant now = Instant.now();
    Instant until = until(String.valueOf(Options.text(parsed, UNTIL)), now);
    Site site = Sites.find(parsed);
    BanStore store = new DynamoBans(site.dynamo(), site.name("RoomsTable"));
    Bans bans =
        store
            .change(scope.room(), now, before -> before.with(sender, until))
            .orElseThrow(
                () ->
                    new CommandFailed(
                        "%s has %d bans; that is the limit. See ./roomlog bans"
                            .formatted(scope, Bans.COUNT_MAX)));
    int met =
        scope.room().isPresent()
            ? takeOut(site, scope.room().get(), sender)
            : Closing.of(site, connections(site, sender), console);
    console
        .out()
        .printf(
            "Banned %s from %s until %s; %d connections were met%n",
            sender, scope, bans.of(sender).orElse(until), met);
  }

  /** A ban may begin again for a sender that is there; so an end in the past would be a mistake. */
  static Instant until(String text, Instant now) {
    Instant until;
    Matcher duration = SHORT.matcher(text);
    if (duration.matches()) {
      long count = Long.parseLong(duration.group(1));
      until =
          now.plus(
              switch (duration.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
              });
    } else {
      try {
        until = Instant.parse(text);
      } catch (java.time.format.DateTimeParseException e) {
        throw new Misused(
            UNTIL + " is '" + text + "'; it is a time like 2027-01-31T12:00:00Z or 30m, 12h, 7d");
      }
    }
    if (!until.isAfter(now)) {
      throw new Misused(UNTIL + " is " + until + "; it is now " + now);
    }
    return until;
  }

  private static int takeOut(Site site, RoomName room, String sender) {
    Membership membership = site.membership();
    List<String> connections = KickCommand.connections(membership, room, sender);
    return (int) connections.stream().filter(id -> membership.leave(room, id)).count();
  }

  private static List<String> connections(Site site, String sender) {
    return new SenderConnections(site.dynamo(), site.name("ConnectionsTable")).of(sender);
  }

  /**
   * Where a ban counts.
   *
   * @param room the room, or empty for the whole deployment
   */
  record Scope(Optional<RoomName> room) {

    private static final String EVERYWHERE = "--everywhere";

    static CommandSpec addTo(CommandSpec spec) {
      return Sites.addTo(
          spec.addOption(Options.optional(Options.ROOM, String.class, "ROOM", "From this room."))
              .addOption(Options.flag(EVERYWHERE, "From the whole deployment.")));
    }

    static Scope of(ParseResult parsed) {
      if (Options.has(parsed, Options.ROOM) == Options.has(parsed, EVERYWHERE)) {
        throw new Misused("one of --room and --everywhere is needed");
      }
      return new Scope(
          Options.has(parsed, Options.ROOM) ? Optional.of(Options.room(parsed)) : Optional.empty());
    }

    @Override
    public String toString() {
      return room.map(RoomName::value).orElse("everywhere");
    }
  }
}
