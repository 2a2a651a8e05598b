package io.roomlog.bench.counts;

import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A gateway that takes everything and counts it. Safe for many threads. */
final class CountingPosts implements Posts {

  /** What the gateway bills as one message (aws.amazon.com/api-gateway/pricing). */
  static final int BILLED_BYTES = 32 * 1_024;

  private final Set<String> gone;
  private final Map<String, LongAdder> postsToGone = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> questions = new ConcurrentHashMap<>();
  private final LongAdder posts = new LongAdder();
  private final LongAdder billed = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Of these connections nothing is left. */
  CountingPosts(Set<String> gone) {
    this.gone = Set.copyOf(gone);
  }

  @Override
  public Posted post(String connectionId, Frame frame) {
    posts.increment();
    bytes.add(frame.size());
    billed.add(Math.ceilDiv(frame.size(), BILLED_BYTES));
    if (gone.contains(connectionId)) {
      postsToGone.computeIfAbsent(connectionId, _ -> new LongAdder()).increment();
      return new Posted.Gone();
    }
    return new Posted.Delivered();
  }

  @Override
  public Existence find(String connectionId) {
    questions.computeIfAbsent(connectionId, _ -> new LongAdder()).increment();
    return gone.contains(connectionId) ? Existence.ABSENT : Existence.PRESENT;
  }

  long posts() {
    return posts.sum();
  }

  long billed() {
    return billed.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /** Posts to all that are gone. */
  long postsToGone() {
    return postsToGone.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Questions whether a connection is there. */
  long questions() {
    return questions.values().stream().mapToLong(LongAdder::sum).sum();
  }
}
