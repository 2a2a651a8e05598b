package io.roomlog.local.template;

import io.roomlog.local.deployment.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the SQS queues, with the rules that SQS has for a new one
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html).
 */
final class QueueReader {
  static final String TYPE = "AWS::SQS::Queue";

  private static final String FIFO = "FifoQueue";
  private static final String FIFO_SUFFIX = ".fifo";
  private static final List<String> FIFO_ONLY =
      List.of("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");

  private final Stack stack;
  private final Findings findings;

  QueueReader(Stack stack, Findings findings) {
    this.stack = stack;
    this.findings = findings;
  }

  static boolean isFifo(Stack.Sound queue) {
    return queue.properties().truth(FIFO);
  }

  static Duration visibilityTimeout(Stack.Sound queue) {
    return queue.properties().seconds("VisibilityTimeout", Queue.VISIBILITY_TIMEOUT_DEFAULT);
  }

  List<Queue> read() {
    List<Queue> queues = new ArrayList<>();
    for (Stack.Sound resource : stack.ofType(TYPE)) {
      checkFifo(resource);
      queues.add(queue(resource));
    }
    return queues;
  }

  private Queue queue(Stack.Sound resource) {
    Properties properties = resource.properties();
    return new Queue(
        resource.logicalId(),
        resource.identity().name(),
        resource.arn(),
        resource.identity().ref(),
        properties.truth("ContentBasedDeduplication"),
        visibilityTimeout(resource),
        properties.seconds("DelaySeconds", Duration.ZERO),
        properties.seconds("MessageRetentionPeriod", Queue.RETENTION_DEFAULT),
        redrive(resource));
  }

  private void checkFifo(Stack.Sound resource) {
    String name = resource.identity().name();
    if (name.endsWith(FIFO_SUFFIX) != isFifo(resource)) {
      String what = "QueueName is " + name + " and FifoQueue is " + isFifo(resource);
      String mend = "the name of a FIFO queue, and of no other, ends in " + FIFO_SUFFIX;
      findings.add(resource.line("QueueName"), resource.logicalId(), what, mend);
    }
    if (resource.properties().text(FIFO).filter("false"::equals).isPresent()) {
      String mend = "leave it out: SQS takes true or nothing";
      findings.add(resource.line(FIFO), resource.logicalId(), "FifoQueue is false", mend);
    }
    for (String property : FIFO_ONLY) {
      if (!isFifo(resource) && resource.properties().has(property)) {
        String what = property + " on a standard queue";
        String mend = "add FifoQueue: true, or remove it";
        findings.add(resource.line(property), resource.logicalId(), what, mend);
      }
    }
  }

  private Queue.@Nullable Redrive redrive(Stack.Sound resource) {
    Properties policy = resource.properties().under("RedrivePolicy");
    Optional<String> arn = policy.text("deadLetterTargetArn");
    if (arn.isEmpty()) {
      return null;
    }
    Optional<Stack.Sound> target = stack.find(TYPE, each -> each.arn().equals(arn.get()));
    int line = policy.line("deadLetterTargetArn");
    if (target.isEmpty() && !stack.isUnsound(arn.get())) {
      String what = "deadLetterTargetArn is " + arn.get() + ", no queue of this template";
      findings.add(line, resource.logicalId(), what, "write !GetAtt Queue.Arn");
    }
    if (target.filter(each -> isFifo(each) != isFifo(resource)).isPresent()) {
      String what =
          "the dead-letter queue is "
              + kind(isFifo(target.get()))
              + ", the queue itself "
              + kind(isFifo(resource));
      findings.add(line, resource.logicalId(), what, "make both FIFO or both standard");
    }
    return target
        .map(each -> new Queue.Redrive(each.logicalId(), policy.number("maxReceiveCount", 1)))
        .orElse(null);
  }

  private static String kind(boolean fifo) {
    return fifo ? "FIFO" : "standard";
  }
}
