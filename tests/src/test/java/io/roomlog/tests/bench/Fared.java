package io.roomlog.tests.bench;

import io.roomlog.tests.world.Client;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** How one way fared in one room, all its turns together. */
final class Fared {

  private final Group group;
  private final List<Turn> turns;
  private final Latencies senders = new Latencies();
  private final Latencies deliveries = new Latencies();
  private int failed;

  private Fared(Group group, List<Turn> turns) {
    this.group = group;
    this.turns = turns;
  }

  /** Looks at what has arrived so far. */
  static Fared of(Way way, Group group, List<Turn> all, SenderTimes senders) {
    Fared fared = new Fared(group, all.stream().filter(turn -> turn.way() == way).toList());
    fared.lookAtSenders(senders);
    group.living().forEach(fared::lookAt);
    return fared;
  }

  private void lookAtSenders(SenderTimes times) {
    for (Turn turn : turns) {
      IntStream.range(turn.first(), turn.first() + turn.schedule().count())
          .forEach(
              number -> {
                OptionalLong ended = times.ended(number);
                ended.ifPresent(at -> senders.record(at - turn.at(number)));
                failed += ended.isEmpty() || times.isFailed(number) ? 1 : 0;
              });
    }
  }

  private void lookAt(Client client) {
    List<String> frames = client.frames();
    List<Long> arrivals = client.arrivals();
    BitSet seen = new BitSet();
    for (int i = 0; i < frames.size(); i++) {
      long arrival = arrivals.get(i);
      Numbered.in(frames.get(i)).forEach(number -> arrived(number, arrival, seen));
    }
  }

  /** A message that comes twice counts when it comes first. */
  private void arrived(int number, long arrival, BitSet seen) {
    for (Turn turn : turns) {
      if (turn.has(number) && !seen.get(number)) {
        seen.set(number);
        deliveries.record(arrival - turn.at(number));
      }
    }
  }

  Latencies senders() {
    return senders;
  }

  Latencies deliveries() {
    return deliveries;
  }

  int messages() {
    return turns.stream().mapToInt(turn -> turn.schedule().count()).sum();
  }

  /** Messages of which the sender's function has not answered that all is well. */
  int failed() {
    return failed;
  }

  /** The share of what living connections should have got that they got, in percent. */
  double goodput() {
    return 100.0 * deliveries.count() / ((long) messages() * group.living().size());
  }

  /** Posts to a dead connection in a turn, on average; 0 if there is none. */
  double postsToADeadConnection() {
    int posts = turns.stream().mapToInt(Turn::postsToDead).sum();
    return group.dead().isEmpty() ? 0 : (double) posts / turns.size() / group.dead().size();
  }
}
