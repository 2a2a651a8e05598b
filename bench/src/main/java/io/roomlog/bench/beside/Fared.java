package io.roomlog.bench.beside;

import io.roomlog.bench.machine.Latencies;
import io.roomlog.tests.world.Client;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** How one way fared in one turn in a room. */
final class Fared {

  /** Below this share of the offered rate a way is marked: its times say how long it ran. */
  private static final double SATURATED = 0.99;

  private final Turn turn;
  private final int living;
  private final int dead;
  private final Latencies senders = new Latencies();
  private final Latencies deliveries = new Latencies();
  private int failed;
  private long firstEnd = Long.MAX_VALUE;
  private long lastEnd = Long.MIN_VALUE;

  private Fared(Turn turn, Group group) {
    this.turn = turn;
    this.living = group.living().size();
    this.dead = group.dead().size();
  }

  /** Looks at what has arrived so far, in all turns. */
  static List<Fared> all(Group group, List<Turn> turns, SenderTimes senders) {
    List<Fared> all = turns.stream().map(turn -> new Fared(turn, group)).toList();
    all.forEach(each -> each.lookAtSenders(senders));
    group.living().forEach(client -> lookAt(client, all));
    return all;
  }

  private void lookAtSenders(SenderTimes times) {
    IntStream.range(turn.first(), turn.first() + turn.schedule().count())
        .forEach(
            number -> {
              OptionalLong ended = times.ended(number);
              ended.ifPresent(at -> ended(number, at));
              failed += ended.isEmpty() || times.isFailed(number) ? 1 : 0;
            });
  }

  private void ended(int number, long at) {
    senders.record(at - turn.at(number));
    firstEnd = Math.min(firstEnd, at);
    lastEnd = Math.max(lastEnd, at);
  }

  /** A message that comes twice counts when it comes first. */
  private static void lookAt(Client client, List<Fared> all) {
    List<String> frames = client.frames();
    List<Long> arrivals = client.arrivals();
    BitSet seen = new BitSet();
    for (int i = 0; i < Math.min(frames.size(), arrivals.size()); i++) {
      long arrival = arrivals.get(i);
      Numbered.in(frames.get(i))
          .filter(number -> !seen.get(number))
          .forEach(
              number -> {
                seen.set(number);
                all.stream()
                    .filter(each -> each.turn.has(number))
                    .forEach(each -> each.deliveries.record(arrival - each.turn.at(number)));
              });
    }
  }

  Way way() {
    return turn.way();
  }

  Latencies senders() {
    return senders;
  }

  Latencies deliveries() {
    return deliveries;
  }

  int messages() {
    return turn.schedule().count();
  }

  /** Messages of which the sender's function has not answered that all is well. */
  int failed() {
    return failed;
  }

  /** The share of what living connections should have got that they got, in percent. */
  double goodput() {
    return 100.0 * deliveries.count() / ((long) messages() * living);
  }

  /** Posts to a dead connection, on average; 0 if there is none. */
  double postsToADeadConnection() {
    return dead == 0 ? 0 : (double) turn.postsToDead() / dead;
  }

  /** Sends a second that ended, over those that were to begin. */
  private static double achieved(List<Fared> all) {
    double offered = 0;
    double took = 0;
    for (Fared each : all) {
      offered += (each.messages() - 1) / each.turn.schedule().perSecond();
      took += (each.lastEnd - each.firstEnd) / 1e9;
    }
    return offered / took;
  }

  /** Whether sends fell behind, over several turns. */
  static boolean saturated(List<Fared> all) {
    return achieved(all) < SATURATED;
  }

  /** Those of one way. */
  static List<Fared> of(Way way, List<Fared> all) {
    return all.stream().filter(each -> each.way() == way).toList();
  }
}
