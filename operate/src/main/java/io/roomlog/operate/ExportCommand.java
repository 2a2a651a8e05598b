package io.roomlog.operate;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.wire.EntryJson;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code ./roomlog export}: a room's log as JSON Lines, exactly as clients read it. */
final class ExportCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Sites.addTo(
        Stretch.addTo(
            Options.command(
                    "export",
                    "Writes a room's log to standard output: one line of JSON an entry, as clients"
                        + " read it, in the order of positions, none missing.",
                    "",
                    "It ends at the head that the room had at the beginning, and says on standard"
                        + " error where to go on.",
                    "")
                .addOption(Options.required(Options.ROOM, "ROOM", "The room."))));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    RoomName room = Options.room(parsed);
    Stretch stretch = Stretch.of(parsed);
    LogWalk walk = Logs.walk(Logs.store(Sites.find(parsed)), room);
    walk.from(stretch.from(), stretch.to(), entries -> write(entries, console));
    console.out().flush();
    console
        .err()
        .println(
            "roomlog: %s is exported up to %d".formatted(room, walk.next() - 1)
                + (stretch.to() == Long.MAX_VALUE
                    ? "; later go on with --from " + walk.next()
                    : ""));
  }

  private static void write(List<Entry> entries, Console console) {
    for (Entry entry : entries) {
      console.out().print(EntryJson.of(entry));
      console.out().print('\n');
    }
    if (console.out().checkError()) {
      throw new CommandFailed("standard output takes no more");
    }
  }
}
