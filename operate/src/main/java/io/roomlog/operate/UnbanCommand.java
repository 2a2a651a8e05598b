package io.roomlog.operate;

import io.roomlog.core.dynamo.DynamoBans;
import io.roomlog.core.log.Bans;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code ./roomlog unban}: ends a ban before its time. */
final class UnbanCommand implements Command {

  @Override
  public CommandSpec spec() {
    return BanCommand.Scope.addTo(
        Options.command("unban", "Ends a ban before its time. Whoever it was joins again.", "")
            .addOption(Options.required(Options.SENDER, "SENDER", "Who.")));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    BanCommand.Scope scope = BanCommand.Scope.of(parsed);
    String sender = Options.sender(parsed).orElseThrow();
    Site site = Sites.find(parsed);
    Optional<Bans> changed =
        new DynamoBans(site.dynamo(), site.name("RoomsTable"))
            .change(
                scope.room(),
                Instant.now(),
                bans -> bans.of(sender).map(_ -> bans.without(sender)));
    if (changed.isEmpty()) {
      throw new CommandFailed(sender + " is not banned from " + scope);
    }
    console.out().printf("%s may use %s again%n", sender, scope);
  }
}
