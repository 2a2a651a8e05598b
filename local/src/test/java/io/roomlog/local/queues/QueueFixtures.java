package io.roomlog.local.queues;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Queue;
import io.roomlog.local.stream.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Queues as tests need them: visibility 30 s, retention 4 days. */
final class QueueFixtures {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration VISIBILITY = Duration.ofSeconds(30);

  private QueueFixtures() {}

  static Queue standard(String id) {
    return settings(id, id.toLowerCase(Locale.ROOT), false, null);
  }

  static Queue fifo(String id) {
    return settings(id, id.toLowerCase(Locale.ROOT) + ".fifo", false, null);
  }

  static Queue deduplicatingByContent(String id) {
    return settings(id, id.toLowerCase(Locale.ROOT) + ".fifo", true, null);
  }

  static Queue withRedrive(Queue settings, String to, int receives) {
    return new Queue(
        settings.logicalId(),
        settings.name(),
        settings.arn(),
        settings.url(),
        settings.contentBasedDeduplication(),
        settings.visibilityTimeout(),
        settings.delay(),
        settings.retention(),
        new Queue.Redrive(to, receives));
  }

  static Queue withTimes(Queue settings, Duration visibility, Duration retention, Duration delay) {
    return new Queue(
        settings.logicalId(),
        settings.name(),
        settings.arn(),
        settings.url(),
        settings.contentBasedDeduplication(),
        visibility,
        delay,
        retention,
        settings.redrive());
  }

  private static Queue settings(
      String id, String name, boolean byContent, Queue.@Nullable Redrive redrive) {
    return new Queue(
        id,
        name,
        "arn:aws:sqs:eu-central-1:000000000000:" + name,
        "https://sqs.eu-central-1.amazonaws.com/000000000000/" + name,
        byContent,
        VISIBILITY,
        Duration.ZERO,
        Duration.ofDays(4),
        redrive);
  }

  static Queues queues(ManualClock clock, Queue... settings) {
    return new Queues(Arrays.asList(settings), clock, new Random(1));
  }

  static List<Function> functions() {
    return List.of(
        new Function(
            "Crowd",
            "crowd",
            "arn:aws:lambda:eu-central-1:000000000000:function:crowd",
            "io.example.Crowd::handleRequest",
            "crowd.jar",
            Map.of(),
            Duration.ofSeconds(30),
            512));
  }

  static List<String> bodies(List<ReceivedMessage> messages) {
    return messages.stream().map(ReceivedMessage::body).toList();
  }
}
