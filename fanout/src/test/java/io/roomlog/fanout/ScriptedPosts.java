package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A gateway that answers as it was told, and takes down what it was given. */
final class ScriptedPosts implements Posts {

  private final Map<String, Deque<Posted>> answers = new ConcurrentHashMap<>();
  private final Map<String, Existence> existence = new ConcurrentHashMap<>();
  private final Map<String, List<String>> delivered = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> stalled = new ConcurrentHashMap<>();
  private final Map<String, Runnable> happenings = new ConcurrentHashMap<>();
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

  @Override
  public Posted post(String connectionId, ByteBuffer frame) {
    happenings.getOrDefault(connectionId, () -> {}).run();
    CountDownLatch latch = stalled.get(connectionId);
    if (latch != null) {
      awaitQuietly(latch);
    }
    Deque<Posted> queue = answers.getOrDefault(connectionId, new ArrayDeque<>());
    Posted answer = queue.isEmpty() ? new Posted.Delivered() : queue.removeFirst();
    if (answer instanceof Posted.Delivered) {
      delivered
          .computeIfAbsent(connectionId, _ -> Collections.synchronizedList(new ArrayList<>()))
          .add(StandardCharsets.UTF_8.decode(frame.duplicate()).toString());
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
