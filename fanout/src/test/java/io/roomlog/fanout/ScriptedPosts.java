package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that answers as it was told, and takes down what it was given. */
final class ScriptedPosts implements Posts {

  private final Map<String, Deque<Posted>> answers = new ConcurrentHashMap<>();
  private final Map<String, Existence> existence = new ConcurrentHashMap<>();
  private final Map<String, List<String>> delivered = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> stalled = new ConcurrentHashMap<>();
  private final Map<String, Runnable> happenings = new ConcurrentHashMap<>();
  private final Map<String, Runnable> happeningsOnFind = new ConcurrentHashMap<>();
  private final CountDownLatch allStalled = new CountDownLatch(1);
  private volatile boolean stallingAll;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final List<String> finds = Collections.synchronizedList(new ArrayList<>());

  /** The next post to a connection is answered so, once. */
  ScriptedPosts enqueue(String connectionId, Posted answer) {
    answers.computeIfAbsent(connectionId, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /** Whoever asks after a connection is told so. */
  ScriptedPosts existence(String connectionId, Existence answer) {
    existence.put(connectionId, answer);
    return this;
  }

  /** Posts to a connection do not come back before the latch is down. */
  CountDownLatch stall(String connectionId) {
    return stalled.computeIfAbsent(connectionId, _ -> new CountDownLatch(1));
  }

  /** Something happens while a connection is being posted to. */
  ScriptedPosts onPost(String connectionId, Runnable happening) {
    happenings.put(connectionId, happening);
    return this;
  }

  /** Something happens while a connection is being asked after. */
  ScriptedPosts onFind(String connectionId, Runnable happening) {
    happeningsOnFind.put(connectionId, happening);
    return this;
  }

  /** No post comes back before the latch is down. */
  CountDownLatch stallAll() {
    stallingAll = true;
    return allStalled;
  }

  /** Posts that have begun and not come back. */
  int underWay() {
    return underWay.get();
  }

  /** The most posts that were under way at once. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  @Override
  public Posted post(String connectionId, Frame frame) {
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      return answer(connectionId, frame);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private Posted answer(String connectionId, Frame frame) {
    happenings.getOrDefault(connectionId, () -> {}).run();
    if (stallingAll) {
      awaitQuietly(allStalled);
    }
    CountDownLatch latch = stalled.get(connectionId);
    if (latch != null) {
      awaitQuietly(latch);
    }
    Deque<Posted> queue = answers.getOrDefault(connectionId, new ArrayDeque<>());
    Posted answer = queue.isEmpty() ? new Posted.Delivered() : queue.removeFirst();
    if (answer instanceof Posted.Delivered) {
      delivered
          .computeIfAbsent(connectionId, _ -> Collections.synchronizedList(new ArrayList<>()))
          .add(StandardCharsets.UTF_8.decode(frame.bytes()).toString());
    }
    return answer;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Existence find(String connectionId) {
    finds.add(connectionId);
    happeningsOnFind.getOrDefault(connectionId, () -> {}).run();
    return existence.getOrDefault(connectionId, Existence.PRESENT);
  }

  /** What a connection got. */
  List<String> delivered(String connectionId) {
    return List.copyOf(delivered.getOrDefault(connectionId, List.of()));
  }

  /** Which connections were asked after. */
  List<String> finds() {
    return List.copyOf(finds);
  }

  /** Every answer that a test prepared must have been given. */
  void assertExhausted() {
    assertThat(answers.values()).allSatisfy(queue -> assertThat(queue).isEmpty());
  }
}
