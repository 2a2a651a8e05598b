package io.roomlog.bench.rooms;

import io.roomlog.bench.machine.Latencies;
import io.roomlog.bench.machine.Schedule;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages of an open loop in one room, and when their senders knew that they were stored. */
final class Acks {

  private static final Pattern REF = Pattern.compile("\\{\"type\":\"ack\",\"ref\":(\\d+),");
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** What is sent; 200 bytes, as everywhere. */
  private static final String TEXT = "x".repeat(200);

  private final String room;
  private final List<Client> senders;

  /**
   * Of a room.
   *
   * @param senders of its connections, who take turns
   */
  Acks(String room, List<Client> senders) {
    this.room = room;
    this.senders = senders;
  }

  /**
   * Sends and waits for all acks.
   *
   * @param first the number of the first message, which no other has
   * @return from when each should have been sent until its ack came
   * @throws AssertionError if one does not come
   */
  Latencies send(int first, double perSecond, int count) throws InterruptedException {
    Map<Client, Integer> before = new HashMap<>();
    senders.forEach(sender -> before.put(sender, sender.count()));
    Schedule schedule = Schedule.soon(perSecond, count);
    schedule.run(i -> senders.get(i % senders.size()).send(frame(first + i)));
    Latencies latencies = new Latencies();
    Await.until(
        "every message is acknowledged",
        LIMIT,
        () -> "in " + room,
        () -> arrivals(before).keySet().size() >= count);
    arrivals(before).forEach((number, at) -> latencies.record(at - schedule.at(number - first)));
    return latencies;
  }

  private String frame(int number) {
    return "{\"action\":\"send\",\"room\":\"%s\",\"ref\":%d,\"data\":\"%s\"}"
        .formatted(room, number, TEXT);
  }

  private Map<Integer, Long> arrivals(Map<Client, Integer> before) {
    Map<Integer, Long> arrivals = new HashMap<>();
    before.forEach(
        (sender, frames) -> {
          List<String> all = sender.frames();
          List<Long> times = sender.arrivals();
          for (int i = frames; i < Math.min(all.size(), times.size()); i++) {
            Matcher ack = REF.matcher(all.get(i));
            if (ack.lookingAt()) {
              arrivals.put(Integer.parseInt(ack.group(1)), times.get(i));
            }
          }
        });
    return arrivals;
  }
}
