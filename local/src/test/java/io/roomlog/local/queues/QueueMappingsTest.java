package io.roomlog.local.queues;

import static io.roomlog.local.queues.QueueFixtures.fifo;
import static io.roomlog.local.queues.QueueFixtures.functions;
import static io.roomlog.local.queues.QueueFixtures.queues;
import static io.roomlog.local.queues.QueueFixtures.standard;
import static io.roomlog.local.queues.QueueFixtures.withRedrive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.deployment.QueueMapping;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.queues.MessageQueue.Depth;
import io.roomlog.local.stream.Eventually;
import io.roomlog.local.stream.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueMappingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Functions.Outcome DONE =
      new Functions.Outcome.Returned("{\"batchItemFailures\":[]}");

  private final ManualClock clock = new ManualClock(QueueFixtures.START);
  private final Queues queues =
      queues(clock, fifo("Crowds"), withRedrive(standard("Jobs"), "Dead", 2), standard("Dead"));
  private final List<List<String>> batches = new CopyOnWriteArrayList<>();
  private final QueueMappings mappings =
      new QueueMappings(queues, this::invoke, Duration.ofSeconds(10));
  private volatile Answer answer = _ -> DONE;

  @FunctionalInterface
  private interface Answer {
    Functions.Outcome to(List<JsonNode> records) throws InterruptedException;
  }

  private Functions.Outcome invoke(String function, String event) throws InterruptedException {
    assertThat(function).isEqualTo("Crowd");
    var records = new ArrayList<JsonNode>();
    try {
      JSON.readTree(event).get("Records").forEach(records::add);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(event, e);
    }
    batches.add(records.stream().map(record -> record.get("body").asText()).toList());
    return answer.to(records);
  }

  @AfterEach
  void stop() throws InterruptedException {
    mappings.stop();
  }

  @Test
  void whatTheFunctionHandlesIsDeleted() throws Exception {
    mappings.start(List.of(mapping("Jobs", 10)), functions());
    queues.queue("Jobs").send(OutgoingMessage.of("a"));
    Eventually.await("the message is gone", () -> isEmpty("Jobs"));
    assertThat(batches).containsExactly(List.of("a"));
  }

  @Test
  void aMessageOfAFailedBatchComesBackAndGoesToTheDeadLetterQueueInTheEnd() throws Exception {
    answer = _ -> new Functions.Outcome.Failed("E", "no");
    queues.queue("Jobs").send(OutgoingMessage.of("poison"));
    mappings.start(List.of(mapping("Jobs", 10)), functions());
    for (int times = 1; times <= 2; times++) {
      int expected = times;
      Eventually.await("it came " + times + " times", () -> batches.size() == expected);
      clock.pass(QueueFixtures.VISIBILITY);
    }
    Eventually.await("it is dead", () -> !isEmpty("Dead"));
    assertThat(batches).hasSize(2);
  }

  @Test
  void onlyWhatIsReportedComesBack() throws Exception {
    answer = records -> batches.size() == 1 ? failure(records.get(1)) : DONE;
    for (var body : List.of("a", "b", "c")) {
      queues.queue("Jobs").send(OutgoingMessage.of(body));
    }
    mappings.start(List.of(mapping("Jobs", 10)), functions());
    Eventually.await("two are deleted", () -> total("Jobs") == 1);
    clock.pass(QueueFixtures.VISIBILITY);
    Eventually.await("the third is too", () -> isEmpty("Jobs"));
    assertThat(batches).containsExactly(List.of("a", "b", "c"), List.of("b"));
  }

  @Test
  void aGroupIsInTheFunctionOnceAndGathersMeanwhileWhileOthersGoOn() throws Exception {
    var permits = new Semaphore(0);
    answer =
        _ -> {
          permits.acquire();
          return DONE;
        };
    mappings.start(List.of(mapping("Crowds", 10)), functions());
    send("a1");
    Eventually.await("group a is in the function", () -> batches.size() == 1);
    IntStream.rangeClosed(2, 6).forEach(number -> send("a" + number));
    send("b1");
    Eventually.await("group b is in the function too", () -> batches.size() == 2);
    permits.release(2);
    Eventually.await("group a goes on", () -> batches.size() == 3);
    permits.release();
    Eventually.await("all are handled", () -> isEmpty("Crowds"));
    assertThat(batches)
        .containsExactly(List.of("a1"), List.of("b1"), List.of("a2", "a3", "a4", "a5", "a6"));
  }

  @Test
  void noMoreBatchesAreInTheFunctionThanTheConcurrencyAllows() throws Exception {
    var permits = new Semaphore(0);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    answer =
        _ -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          permits.acquire();
          running.decrementAndGet();
          return DONE;
        };
    IntStream.range(0, 12)
        .forEach(number -> queues.queue("Jobs").send(OutgoingMessage.of("m" + number)));
    mappings.start(
        List.of(new QueueMapping("M", "Jobs", "Crowd", 1, Duration.ZERO, List.of(), true, 3)),
        functions());
    Eventually.await("three are in the function", () -> running.get() == 3);
    permits.release(100);
    Eventually.await("all are handled", () -> isEmpty("Jobs"));
    assertThat(most.get()).isEqualTo(3);
  }

  @Test
  void messagesThatDoNotPassTheFilterAreDeleted() throws Exception {
    var filter = "{\"body\":{\"kind\":[\"range\"]}}";
    queues.queue("Jobs").send(OutgoingMessage.of("{\"kind\":\"other\"}"));
    queues.queue("Jobs").send(OutgoingMessage.of("{\"kind\":\"range\"}"));
    queues.queue("Jobs").send(OutgoingMessage.of("no JSON"));
    mappings.start(
        List.of(
            new QueueMapping("M", "Jobs", "Crowd", 10, Duration.ZERO, List.of(filter), true, null)),
        functions());
    Eventually.await("all are gone", () -> isEmpty("Jobs"));
    assertThat(batches).containsExactly(List.of("{\"kind\":\"range\"}"));
  }

  @Test
  void aWindowGathersUntilTheBatchIsFull() throws Exception {
    mappings.start(
        List.of(
            new QueueMapping("M", "Jobs", "Crowd", 12, Duration.ofMinutes(5), List.of(), true, 2)),
        functions());
    IntStream.range(0, 36)
        .forEach(number -> queues.queue("Jobs").send(OutgoingMessage.of("m" + number)));
    Eventually.await("two full batches came", () -> batches.size() >= 2);
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSize(12));
  }

  @Test
  void anEventIsNeverLargerThanAnInvocationTakes() throws Exception {
    var large = "x".repeat(1_000_000);
    for (int number = 0; number < 10; number++) {
      queues.queue("Crowds").send(OutgoingMessage.of(number + large, "a", "id-" + number));
    }
    mappings.start(List.of(mapping("Crowds", 10)), functions());
    Eventually.await("all are handled", () -> isEmpty("Crowds"));
    assertThat(batches).extracting(List::size).containsExactly(6, 4);
  }

  @Test
  void theRestOfAFifoBatchDoesNotOvertakeWhatFailed() throws Exception {
    var large = "x".repeat(1_000_000);
    for (int number = 0; number < 8; number++) {
      queues.queue("Crowds").send(OutgoingMessage.of(number + large, "a", "id-" + number));
    }
    answer = records -> batches.size() == 1 ? failure(records.get(5)) : DONE;
    mappings.start(List.of(mapping("Crowds", 10)), functions());
    Eventually.await("five are handled", () -> total("Crowds") == 3);
    clock.pass(QueueFixtures.VISIBILITY);
    Eventually.await("all are handled", () -> isEmpty("Crowds"));
    assertThat(batches.stream().map(batch -> batch.getFirst().substring(0, 1)))
        .containsExactly("0", "5");
  }

  @Test
  void aMappingThatLambdaRefusesStopsTheStart() {
    assertRefused(mapping("Crowds", 11), "M: BatchSize 11 is not 1 to 10");
    assertRefused(mapping("Jobs", 0), "M: BatchSize 0 is not 1 to 10000");
    assertRefused(
        mapping("Jobs", 11),
        "M: BatchSize 11 is over 10 and needs MaximumBatchingWindowInSeconds of 1 or more");
    assertRefused(
        new QueueMapping("M", "Crowds", "Crowd", 10, Duration.ofSeconds(1), List.of(), true, null),
        "M: MaximumBatchingWindowInSeconds 1 is not 0 to 0");
    assertRefused(
        new QueueMapping("M", "Jobs", "Crowd", 10, Duration.ofSeconds(301), List.of(), true, null),
        "M: MaximumBatchingWindowInSeconds 301 is not 0 to 300");
    assertRefused(
        new QueueMapping("M", "Jobs", "Crowd", 10, Duration.ZERO, List.of(), true, 1),
        "M: MaximumConcurrency 1 is not 2 to 1000");
    assertRefused(
        new QueueMapping("M", "Jobs", "Other", 10, Duration.ZERO, List.of(), true, null),
        "M: no function Other");
    assertRefused(
        new QueueMapping("M", "Other", "Crowd", 10, Duration.ZERO, List.of(), true, null),
        "no queue Other; there are [Crowds, Jobs, Dead]");
  }

  @Test
  void aVisibilityTimeoutShorterThanTheFunctionsIsRefused() {
    var settings =
        QueueFixtures.withTimes(
            standard("Short"), Duration.ofSeconds(29), Duration.ofDays(1), Duration.ZERO);
    var refusing = new QueueMappings(queues(clock, settings), this::invoke, Duration.ofSeconds(1));
    assertThatThrownBy(() -> refusing.start(List.of(mapping("Short", 10)), functions()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "M: queue visibility timeout: 29 seconds is less than function timeout: 30 seconds");
  }

  private void assertRefused(QueueMapping mapping, String message) {
    assertThatThrownBy(() -> mappings.start(List.of(mapping), functions()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static QueueMapping mapping(String queue, int batchSize) {
    return new QueueMapping("M", queue, "Crowd", batchSize, Duration.ZERO, List.of(), true, null);
  }

  private void send(String body) {
    queues.queue("Crowds").send(OutgoingMessage.of(body, body.substring(0, 1), "id-" + body));
  }

  private static Functions.Outcome failure(JsonNode record) {
    return new Functions.Outcome.Returned(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
            .formatted(record.get("messageId").asText()));
  }

  private boolean isEmpty(String queue) {
    return queues.queue(queue).depth().equals(new Depth(0, 0, 0));
  }

  private int total(String queue) {
    var depth = queues.queue(queue).depth();
    return depth.visible() + depth.inFlight() + depth.delayed();
  }
}
