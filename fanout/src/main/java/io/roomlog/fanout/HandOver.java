package io.roomlog.fanout;

import io.roomlog.core.log.Entry;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes to small rooms here and now, and hands big ones over to {@link Crowd}. All rooms of a
 * shard of the stream share one invocation at a time, so a room of 100,000, which takes ten seconds
 * at the gateway's quota, would hold up a share of all the others.
 */
final class HandOver implements Audience {

  private static final Logger log = LoggerFactory.getLogger(HandOver.class);

  private final int connectionsMax;
  private final Membership membership;
  private final RangeQueue queue;
  private final BigRooms big = new BigRooms();

  /**
   * Hands over.
   *
   * @param connectionsMax rows that a room may have to be pushed to here
   */
  HandOver(int connectionsMax, Membership membership, RangeQueue queue) {
    this.connectionsMax = connectionsMax;
    this.membership = membership;
    this.queue = queue;
  }

  @Override
  public Optional<List<Member>> of(Batch.RoomBatch batch, Instant now) {
    Optional<List<Member>> members =
        big.remembers(batch.room(), now)
            ? Optional.empty()
            : membership.membersUpTo(connectionsMax, batch.room(), now);
    if (members.isEmpty()) {
      big.note(batch.room(), now);
      handOver(batch);
    }
    return members;
  }

  /**
   * The records' sequence numbers are the identity: a batch that comes again, because another of
   * its rooms failed or an answer was lost, is not pushed again.
   */
  private void handOver(Batch.RoomBatch batch) {
    TreeSet<Long> positions =
        batch.entries().stream()
            .map(Entry::position)
            .collect(Collectors.toCollection(TreeSet::new));
    String identity = batch.sequenceNumbers().stream().sorted().collect(Collectors.joining(","));
    queue.put(Range.covering(batch.room(), positions), identity);
    log.atInfo()
        .addKeyValue("room", batch.room().value())
        .addKeyValue("from", positions.first())
        .addKeyValue("to", positions.last())
        .addKeyValue("entries", positions.size())
        .log("handed_over");
  }
}
