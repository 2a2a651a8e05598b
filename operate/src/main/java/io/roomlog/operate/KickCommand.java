package io.roomlog.operate;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * {@code ./roomlog kick}: closes connections. Taking somebody out of a room alone would not do:
 * clients put themselves back with their next {@code sync}, and none would notice.
 */
final class KickCommand implements Command {

  private static final String CONNECTION = "--connection";

  @Override
  public CommandSpec spec() {
    return Sites.addTo(
        Options.command(
                "kick",
                "Closes the connections that a sender has in a room, or one connection, with all"
                    + " the rooms that they are in.",
                "",
                "Whoever is kicked may connect again.",
                "")
            .addOption(Options.optional(Options.ROOM, String.class, "ROOM", "The room."))
            .addOption(
                Options.optional(Options.SENDER, String.class, "SENDER", "Who is in that room."))
            .addOption(
                Options.optional(
                    CONNECTION, String.class, "ID", "Instead: the connection, as logs name it.")));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    Optional<String> connection = Optional.ofNullable(Options.text(parsed, CONNECTION));
    Optional<String> sender = Options.sender(parsed);
    boolean both = Options.has(parsed, Options.ROOM) && sender.isPresent();
    boolean either = Options.has(parsed, Options.ROOM) || sender.isPresent();
    if (connection.isPresent() ? either : !both) {
      throw new Misused("--room and --sender are needed, or " + CONNECTION + " alone");
    }
    if (connection.isPresent()) {
      // It is named as a log has it, so nothing is looked up that would need more rights.
      try (ApiGatewayManagementApiClient gateway = Sites.find(parsed).connections()) {
        tell(Closing.isClosed(gateway, connection.get()) ? 1 : 0, console);
      }
    } else {
      RoomName room = Options.room(parsed);
      Site site = Sites.find(parsed);
      tell(
          Closing.of(site, connections(site.membership(), room, sender.orElseThrow()), console),
          console);
    }
  }

  /** The ids of the connections that a sender has in a room. */
  static List<String> connections(Membership membership, RoomName room, String sender) {
    return membership.connections(room, Instant.now()).stream()
        .filter(connection -> connection.sender().equals(sender))
        .map(Connection::id)
        .toList();
  }

  private static void tell(int closed, Console console) {
    if (closed == 0) {
      throw new CommandFailed("nobody was kicked: no such connection is open");
    }
    console.out().println("Closed " + closed + (closed == 1 ? " connection" : " connections"));
  }
}
