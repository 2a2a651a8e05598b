package io.roomlog.bench.counts;

import io.roomlog.bench.Ranges;
import io.roomlog.bench.StreamRecords;
import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import io.roomlog.core.dynamo.DynamoPushCursor;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.testing.MeteredDynamo;
import io.roomlog.core.testing.TestTables;
import io.roomlog.fanout.Crowd;
import io.roomlog.fanout.CrowdSettings;
import io.roomlog.fanout.FanOut;
import io.roomlog.fanout.Machine;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeRetries;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * One room of Roomlog, counted: its real log, memberships, {@link FanOut} and {@link Crowd} on
 * DynamoDB Local, which says what each call costs, with a gateway that counts. Which messages share
 * a push is the {@link SelfClock}'s.
 */
public final class RoomlogRun {

  /** A message's text, as the sample's clients would get it. */
  public static final int TEXT_BYTES = 200;

  /** Each worker that waits moves the one clock on, so nobody may have to wait for a turn. */
  private static final int UNPACED_PER_SECOND = 1_000_000;

  /** As the template has it. */
  public static final int BIG_ROOM_CONNECTIONS = 1_000;

  private static final RoomName ROOM = new RoomName("room-one");
  private static final Author AUTHOR = new Author("author", "senders1", "Someones");
  private static final String DATA = "\"" + "x".repeat(TEXT_BYTES) + "\"";

  private final int connections;
  private final Dialect dialect;
  private final ManualClock clock = new ManualClock();
  private final TestTables tables = TestTables.fresh();
  private final MeteredDynamo dynamo = new MeteredDynamo(tables.dynamo());
  private final LogStore store =
      new DynamoLogStore(
          dynamo.client(), tables.name("rooms"), tables.name("messages"), tables.name("sends"));
  private final Membership membership =
      new DynamoMembership(
          dynamo.client(), tables.name("rooms"), tables.name("connections"), new Random(1));
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);
  private long position;

  /** A room of so many connections, spread over as many shards as it has grown to. */
  public RoomlogRun(int connections, Dialect dialect) {
    this.connections = connections;
    this.dialect = dialect;
    new Crowded(tables.dynamo(), tables.name("connections"))
        .fill(membership, ROOM, connections, dialect, clock.instant());
  }

  /** What the sends and the pushes cost apart from posts. */
  private static final class Costs {
    private long messages;
    private long sendCalls;
    private double writes;
    private double reads;
    private long queueCalls;

    void send(List<MeteredDynamo.Call> calls) {
      messages++;
      sendCalls += calls.size();
      calls.forEach(
          call -> {
            if (isRead(call)) {
              reads += call.units();
            } else {
              writes += call.units();
            }
          });
    }

    void push(List<MeteredDynamo.Call> calls) {
      for (MeteredDynamo.Call call : calls) {
        if (isRead(call)) {
          reads += call.units();
        } else {
          writes += call.units();
        }
      }
    }

    private static boolean isRead(MeteredDynamo.Call call) {
      return call.name().equals("query") || call.name().equals("getItem");
    }
  }

  /**
   * Sends at a rate and pushes.
   *
   * @param pushes how many times
   */
  public Cell run(int messagesPerSecond, int pushes) throws InterruptedException {
    CountingPosts posts = new CountingPosts(Set.of());
    List<Range> handedOver = new ArrayList<>();
    Machine machine =
        new Machine(clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor);
    FanOut fanOut =
        new FanOut(
            membership,
            BIG_ROOM_CONNECTIONS,
            (ranges, _) -> handedOver.addAll(ranges),
            store,
            posts,
            SelfClock.CONCURRENCY,
            machine);
    Crowd crowd =
        new Crowd(
            membership,
            store,
            new DynamoPushCursor(dynamo.client(), tables.name("rooms")),
            posts,
            new CrowdSettings(CrowdSettings.CONCURRENCY, BIG_ROOM_CONNECTIONS, UNPACED_PER_SECOND),
            RangeRetries.none(),
            machine);
    Costs costs = new Costs();
    int batch = Math.max(1, (int) (messagesPerSecond * SelfClock.POLL_SECONDS));
    for (int messages : new SelfClock(connections, messagesPerSecond).pushes(pushes)) {
      List<Entry.Message> sent = send(messages, costs);
      // Only a big room's push takes longer than a poll; then its batches wait on the queue.
      int size = connections > BIG_ROOM_CONNECTIONS ? batch : Math.max(1, messages);
      for (int from = 0; from < messages; from += size) {
        require(stream(fanOut, sent.subList(from, Math.min(messages, from + size))));
      }
      costs.queueCalls += handedOver.size();
      for (int from = 0; from < handedOver.size(); from += Ranges.BATCH_MAX) {
        int to = Math.min(handedOver.size(), from + Ranges.BATCH_MAX);
        require(queue(crowd, handedOver.subList(from, to)));
        // One request receives them, one deletes them.
        costs.queueCalls += 2;
      }
      handedOver.clear();
      costs.push(dynamo.calls());
    }
    return new Cell(
        dialect == Dialect.PLAIN ? Cell.Way.PLAIN : Cell.Way.ROOMLOG,
        connections,
        messagesPerSecond,
        costs.messages,
        posts.posts(),
        posts.billed(),
        posts.bytes(),
        costs.sendCalls,
        costs.writes,
        costs.reads,
        costs.queueCalls);
  }

  private List<Entry.Message> send(int messages, Costs costs) throws InterruptedException {
    List<Entry.Message> sent = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      dynamo.calls();
      position = log.append(ROOM, AUTHOR, List.of(new Draft(null, DATA))).getFirst().position();
      costs.send(dynamo.calls());
      sent.add(
          new Entry.Message(
              position, clock.instant(), "n" + position, null, "senders1", "Someones", DATA));
    }
    return sent;
  }

  private static boolean stream(FanOut fanOut, List<Entry.Message> messages) {
    var records =
        messages.stream()
            .map(message -> StreamRecords.message(message.position(), ROOM, message))
            .toList();
    return fanOut
        .handleRequest(StreamRecords.event(records), null)
        .getBatchItemFailures()
        .isEmpty();
  }

  private static boolean queue(Crowd crowd, List<Range> ranges) {
    var messages =
        IntStream.range(0, ranges.size()).mapToObj(i -> Ranges.message(i, ranges.get(i))).toList();
    return crowd.handleRequest(Ranges.event(messages), null).getBatchItemFailures().isEmpty();
  }

  private static void require(boolean pushed) {
    if (!pushed) {
      throw new IllegalStateException("a batch was not pushed");
    }
  }
}
