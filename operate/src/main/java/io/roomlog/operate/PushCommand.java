package io.roomlog.operate;

import io.roomlog.core.RoomName;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.SqsRangeQueue;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code ./roomlog push}: puts positions of a room on the queue of big rooms, whose function does
 * the rest. So it is the same here and on AWS, and keeps its place behind the pushes that wait.
 */
final class PushCommand implements Command {

  /** Positions of one command, at most; more are more commands, and a queue that is looked at. */
  private static final int POSITIONS_MAX = 100_000;

  private static final String QUEUE = "CrowdRanges";
  private static final String QUEUE_URL = "--queue-url";

  @Override
  public CommandSpec spec() {
    return Sites.addTo(
        Options.command(
                "push",
                "Pushes what stands at positions of a room again, to everybody who is in it. Plain"
                    + " connections get what is not older than a minute.",
                "")
            .addOption(Options.required(Options.ROOM, "ROOM", "The room."))
            .addOption(
                Options.required(Stretch.FROM, Long.class, "POSITION", "The first position."))
            .addOption(Options.required(Stretch.TO, Long.class, "POSITION", "The last position."))
            .addOption(
                Options.optional(
                    QUEUE_URL,
                    URI.class,
                    "URL",
                    "Instead of --stack: the queue, its output CrowdQueue. It needs no right but"
                        + " sqs:SendMessage.")));
  }

  @Override
  public void run(ParseResult parsed, Console console) throws InterruptedException {
    List<Range> ranges = ranges(parsed);
    @Nullable URI named = parsed.matchedOptionValue(QUEUE_URL, (URI) null);
    if (named != null && (named.getHost() == null || !named.getPath().endsWith(".fifo"))) {
      throw new Misused(QUEUE_URL + " is '" + named + "'; a FIFO queue's is https://…/….fifo");
    }
    Site site = named == null ? Sites.find(parsed) : Sites.ofQueue(named);
    URI queue = named == null ? URI.create(site.name(QUEUE)) : named;
    try (SqsClient sqs = site.sqs(queue)) {
      // Every command is meant: the same positions again are not a repeat of the first.
      new SqsRangeQueue(sqs, queue.toString()).put(ranges, "push " + UUID.randomUUID());
    }
    console
        .out()
        .printf(
            "Put %s %d to %d on the queue (%d of its messages)%n",
            ranges.getFirst().room(),
            ranges.getFirst().from(),
            ranges.getLast().to(),
            ranges.size());
  }

  private static List<Range> ranges(ParseResult parsed) {
    RoomName room = Options.room(parsed);
    long from = parsed.matchedOptionValue(Stretch.FROM, 0L);
    long to = parsed.matchedOptionValue(Stretch.TO, 0L);
    Range.fault(from, to, POSITIONS_MAX)
        .ifPresent(
            fault -> {
              throw new Misused("--" + fault);
            });
    return Range.all(room, from, to);
  }
}
