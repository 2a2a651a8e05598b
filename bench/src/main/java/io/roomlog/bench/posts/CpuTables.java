package io.roomlog.bench.posts;

import io.roomlog.bench.machine.Processor;
import io.roomlog.bench.machine.Spread;
import io.roomlog.bench.posts.CpuBench.Round;
import io.roomlog.bench.report.Table;
import io.roomlog.fanout.CrowdSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** What a post takes of a processor. */
final class CpuTables {

  private static final double RATIO_MAX = 0.35;

  /** A server that uses less of its processor than this waits for the client, and not it for it. */
  private static final double BUSY = 0.95;

  private final StringBuilder text;

  CpuTables(CpuBench.Pace pace) {
    this.text =
        new StringBuilder(
            """
            %d posts at once, each from a virtual thread, to a server that takes the body and \
            answers 200; HTTP/1.1 under TLS 1.3 over loopback, a certificate of its own making that \
            the clients do not check; no retries. Each sender is a process of its own with 256 MB of \
            heap and the serial collector. %s. Processor time is what the operating system counts \
            for the whole process: its compiler and its collector are in it. Warm-up %d s a sender \
            (%d s where the second compiler takes part), then %d rounds of %d s in turn. Median, and \
            smallest and largest in brackets.

            The crowd function pushes one message after another to a room of 10,000 connections, %d posts \
            at once, with members and log in memory, no limit by the account, and entries instead \
            of bare text; it is not part of the target. The URL-connection client is told to keep %d connections (`http.maxConnections`), without \
            which it makes most anew. netty is asked through the client that does not wait, and \
            waited for.

            """
                .formatted(
                    PostingClient.WORKERS,
                    Processor.binding(
                        "Senders may use processor 0 only, the server processor 1 only"),
                    pace.warmUp().toSeconds(),
                    pace.warmUpOfBoth().toSeconds(),
                    pace.rounds(),
                    pace.round().toSeconds(),
                    CrowdSettings.CONCURRENCY,
                    PostingClient.WORKERS));
  }

  void add(String title, Map<Sender, List<Round>> rounds) {
    Table table =
        new Table(
            "sender",
            "posts/s",
            "processor time a post, µs",
            "of Apache's",
            "of its processor the server used, %",
            "failed");
    double apache = cpu(rounds, Sender.APACHE);
    double most = 0;
    for (Map.Entry<Sender, List<Round>> each : rounds.entrySet()) {
      List<Round> own = Objects.requireNonNull(each.getValue());
      Spread server = spread(own, round -> 100 * round.serverShare());
      most = Math.max(most, server.max());
      table.row(
          each.getKey().title(),
          spread(own, Round::perSecond),
          spread(own, Round::cpuMicros),
          Spread.number(spread(own, Round::cpuMicros).median() / apache),
          server,
          own.stream().mapToLong(Round::failed).sum());
    }
    double ratio = cpu(rounds, Sender.ROOMLOG) / apache;
    text.append("## ").append(title).append("\n\n").append(table);
    text.append(
        "\nTarget (row 9): Roomlog at most %s of Apache. Measured %s: **%s**. %s\n\n"
            .formatted(
                RATIO_MAX,
                Spread.number(ratio),
                ratio <= RATIO_MAX ? "met" : "not met",
                headRoom(most / 100)));
  }

  /** Whoever waits uses no processor, so a busy server bounds posts a second and not their cost. */
  private static String headRoom(double most) {
    return most < BUSY
        ? "The server was never the bound: it left at least %.0f %% of its processor unused."
            .formatted(100 * (1 - most))
        : "The server was at its bound in some rounds, so the posts a second are its own there; the"
            + " processor time a post is not bounded by it, since whoever waits uses none.";
  }

  private static double cpu(Map<Sender, List<Round>> rounds, Sender kind) {
    return spread(Objects.requireNonNull(rounds.get(kind)), Round::cpuMicros).median();
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
