package io.roomlog.operate;

import io.roomlog.core.dynamo.DynamoBans;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code ./roomlog bans}: who is banned, and until when. */
final class BansCommand implements Command {

  @Override
  public CommandSpec spec() {
    return BanCommand.Scope.addTo(
        Options.command("bans", "Lists who is banned: a line each, the end and the sender.", ""));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    BanCommand.Scope scope = BanCommand.Scope.of(parsed);
    Site site = Sites.find(parsed);
    new DynamoBans(site.dynamo(), site.name("RoomsTable"))
        .bans(scope.room()).at(Instant.now()).until().entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .forEach(ban -> console.out().println(ban.getValue() + " " + ban.getKey()));
  }
}
