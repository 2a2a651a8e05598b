package io.roomlog.bench.posts;

import static io.roomlog.bench.posts.Sender.APACHE;
import static io.roomlog.bench.posts.Sender.CROWD;
import static io.roomlog.bench.posts.Sender.CRT;
import static io.roomlog.bench.posts.Sender.NETTY;
import static io.roomlog.bench.posts.Sender.ROOMLOG;
import static io.roomlog.bench.posts.Sender.URL_CONNECTION;

import io.roomlog.bench.machine.Progress;
import io.roomlog.bench.machine.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Question: how much of a processor does a post take, by what it is made with?
 *
 * <p>Topology: each client a process of its own on the first processor, a server on the second;
 * HTTP/1.1 under TLS 1.3 over loopback. Workload: a closed loop of as many posts at once as the
 * fan-out makes, each from a virtual thread. All clients of a table are started and warmed up
 * first, then they take turns; who has no turn does nothing.
 */
public final class CpuBench {

  private static final int SMALL_FRAME = 300;
  private static final int LARGE_FRAME = 30 * 1_024;

  private final Progress progress = new Progress("cpu");
  private final Pace pace;

  /**
   * How long everything takes.
   *
   * @param warmUp of each client with the first compiler only
   * @param warmUpOfBoth of each with both compilers, of which the second takes its time
   * @param round of each client
   * @param rounds that are counted
   */
  public record Pace(Duration warmUp, Duration warmUpOfBoth, Duration round, int rounds) {}

  /** A measurement. */
  public CpuBench(Pace pace) {
    this.pace = pace;
  }

  /**
   * What one round came to.
   *
   * @param perSecond posts
   * @param cpuMicros of the client's process for each of them
   * @param serverShare of its processor that the server used
   * @param failed posts
   */
  record Round(double perSecond, double cpuMicros, double serverShare, long failed) {}

  /** Measures and says so in Markdown. */
  public String report() throws IOException, InterruptedException {
    CpuTables tables = new CpuTables(pace);
    try (PostingServer server = PostingServer.start()) {
      tables.add(
          "300 bytes, first compiler only, as deployed",
          measured(
              server,
              List.of(ROOMLOG, CROWD, CRT, APACHE, URL_CONNECTION, NETTY),
              PostingClient.FIRST_COMPILER,
              pace.warmUp(),
              SMALL_FRAME));
      tables.add(
          "30 KB, first compiler only, as deployed",
          measured(
              server,
              List.of(ROOMLOG, CROWD, CRT, APACHE),
              PostingClient.FIRST_COMPILER,
              pace.warmUp(),
              LARGE_FRAME));
      tables.add(
          "300 bytes, the JVM's own choice of compilers",
          measured(
              server,
              List.of(ROOMLOG, CROWD, CRT, APACHE),
              PostingClient.BOTH_COMPILERS,
              pace.warmUpOfBoth(),
              SMALL_FRAME));
    }
    return tables.toString();
  }

  private Map<Sender, List<Round>> measured(
      PostingServer server, List<Sender> senders, List<String> compiler, Duration warmUp, int bytes)
      throws IOException, InterruptedException {
    Map<Sender, PostingClient> clients = new LinkedHashMap<>();
    Map<Sender, List<Round>> rounds = new LinkedHashMap<>();
    try {
      for (Sender sender : senders) {
        progress.at(
            "%d bytes, %s: %d s of warm-up".formatted(bytes, sender.title(), warmUp.toSeconds()));
        PostingClient client = PostingClient.start(sender, compiler, server.endpoint(), bytes);
        clients.put(sender, client);
        round(client, server, warmUp);
      }
      for (int number = 1; number <= pace.rounds(); number++) {
        progress.at("%d bytes, round %d of %d".formatted(bytes, number, pace.rounds()));
        for (Map.Entry<Sender, PostingClient> each : clients.entrySet()) {
          rounds
              .computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
              .add(round(each.getValue(), server, pace.round()));
        }
      }
    } finally {
      clients.values().forEach(PostingClient::close);
    }
    return rounds;
  }

  private static Round round(PostingClient client, PostingServer server, Duration length)
      throws IOException, InterruptedException {
    PostingServer.Look serverBefore = server.look();
    PostingClient.Look before = client.look();
    client.begin();
    Schedule.pause(length);
    client.end();
    PostingClient.Look after = client.look();
    PostingServer.Look serverAfter = server.look();
    long posts = after.posts() - before.posts();
    if (posts == 0) {
      throw new IllegalStateException("no post succeeded in " + length);
    }
    return new Round(
        posts * 1e9 / (after.nanos() - before.nanos()),
        (after.cpuNanos() - before.cpuNanos()) / 1e3 / posts,
        serverAfter.shareSince(serverBefore),
        after.failed() - before.failed());
  }
}
