package io.roomlog.operate;

import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Erasing;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code ./roomlog erase}: what messages of a room say, and who sent them, goes from the log; their
 * positions stay. It may be repeated, and begun again wherever it stopped.
 */
final class EraseCommand implements Command {

  private static final String DRY_RUN = "--dry-run";

  @Override
  public CommandSpec spec() {
    return Sites.addTo(
        Stretch.addTo(
            Options.command(
                    "erase",
                    "Erases messages from a room's log: data, sender, name and id. Positions and"
                        + " times stay, and clients read {\"type\":\"deleted\"} there.",
                    "",
                    "This cannot be undone, but for a restore from backup. docs/operating.md says"
                        + " what it cannot reach, and for how long.",
                    "")
                .addOption(Options.required(Options.ROOM, "ROOM", "The room."))
                .addOption(
                    Options.optional(
                        Options.SENDER,
                        String.class,
                        "SENDER",
                        "Whose messages; without it those of everybody, and then --from and --to"
                            + " are needed."))
                .addOption(Options.flag(DRY_RUN, "Counts them, and erases nothing."))));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    RoomName room = Options.room(parsed);
    Optional<String> sender = Options.sender(parsed);
    Stretch stretch = Stretch.of(parsed);
    if (sender.isEmpty()
        && !(Options.has(parsed, Stretch.FROM) && Options.has(parsed, Stretch.TO))) {
      throw new Misused("--sender is needed, or both --from and --to");
    }
    DynamoLogStore store = Logs.store(Sites.find(parsed));
    boolean dry = Options.has(parsed, DRY_RUN);
    Erasure erasure = new Erasure(room, sender, dry ? (_, _) -> true : store);
    LogWalk walk = Logs.walk(store, room);
    try {
      walk.from(stretch.from(), stretch.to(), erasure::of);
    } finally {
      console
          .out()
          .printf(
              "%s %d messages of %s in %s, positions %d to %d%n",
              dry ? "There are" : "Erased",
              erasure.count,
              sender.orElse("everybody"),
              room,
              stretch.from(),
              Math.max(stretch.from(), walk.next()) - 1);
    }
  }

  private static final class Erasure {
    private final RoomName room;
    private final Optional<String> sender;
    private final Erasing erasing;
    private long count;

    Erasure(RoomName room, Optional<String> sender, Erasing erasing) {
      this.room = room;
      this.sender = sender;
      this.erasing = erasing;
    }

    void of(List<Entry> entries) {
      for (Entry entry : entries) {
        if (entry instanceof Entry.Message message
            && sender.map(message.sender()::equals).orElse(true)
            && erasing.erase(room, message)) {
          count++;
        }
      }
    }
  }
}
