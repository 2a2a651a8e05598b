package io.roomlog.tests.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Numbered messages at a steady pace, each by the next of the senders. */
public final class Traffic implements AutoCloseable {

  private static final String PREFIX = "message ";
  private static final Duration SLACK = Duration.ofSeconds(30);

  private final List<Client> senders;
  private final int messagesASecond;
  private final List<Long> sentAt = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

  /** Starts at once, and goes on until it is stopped. */
  public Traffic(List<Client> senders, int messagesASecond) {
    this.senders = List.copyOf(senders);
    this.messagesASecond = messagesASecond;
    var _ =
        pace.scheduleAtFixedRate(
            this::sendNext, 0, 1_000_000 / messagesASecond, TimeUnit.MICROSECONDS);
  }

  private void sendNext() {
    int number = sentAt.size();
    sentAt.add(System.nanoTime());
    senders.get(number % senders.size()).say(PREFIX + number);
  }

  /** How many messages were sent, or are being sent. */
  public int sent() {
    return sentAt.size();
  }

  /** Returns once so many messages are sent. */
  public void awaitSent(int count) {
    Duration limit = SLACK.plusSeconds(count / messagesASecond);
    Await.until(count + " messages are sent", limit, () -> sent() + " are", () -> sent() >= count);
  }

  /** Sends no more; returns when the last message is on its way. */
  public void stop() throws InterruptedException {
    pace.shutdown();
    assertThat(pace.awaitTermination(SLACK.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /**
   * Waits until each of them has every message, and asserts that it has each once, in one order.
   */
  public void assertDeliveredTo(List<Client> receivers) {
    receivers.forEach(receiver -> receiver.awaitFrames(sent()));
    List<String> order = receivers.getFirst().frames();
    assertThat(new HashSet<>(order)).as("each message once").hasSize(sent()).hasSameSizeAs(order);
    assertThat(receivers).as("one order").allMatch(receiver -> receiver.frames().equals(order));
  }

  /** How many deliveries there were, and how long they took from send to receipt, in words. */
  public String figures(List<Client> receivers) {
    List<Long> delays = delays(receivers);
    return ("%d deliveries, 0 lost, 0 twice, one order;"
            + " from send to receipt p50 %d ms, p99 %d ms, most %d ms")
        .formatted(
            delays.size(), millisAt(delays, 0.50), millisAt(delays, 0.99), millisAt(delays, 1));
  }

  /** From send to receipt in milliseconds, for this share of the deliveries. */
  public long millis(List<Client> receivers, double share) {
    return millisAt(delays(receivers), share);
  }

  private List<Long> delays(List<Client> receivers) {
    List<Long> delays = new ArrayList<>();
    for (Client receiver : receivers) {
      List<String> frames = receiver.frames();
      List<Long> arrivals = receiver.arrivals();
      for (int i = 0; i < frames.size(); i++) {
        int number = Integer.parseInt(frames.get(i).substring(PREFIX.length()));
        delays.add(arrivals.get(i) - sentAt.get(number));
      }
    }
    delays.sort(Long::compare);
    return delays;
  }

  private static long millisAt(List<Long> sorted, double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return TimeUnit.NANOSECONDS.toMillis(sorted.get(Math.max(index, 0)));
  }

  @Override
  public void close() {
    pace.shutdownNow();
  }
}
