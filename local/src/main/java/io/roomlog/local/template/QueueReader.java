package io.roomlog.local.template;

import io.roomlog.local.deployment.Queue;
import java.util.List;

/** Reads the SQS queues. */
final class QueueReader {
  static final String TYPE = "AWS::SQS::Queue";

  List<Queue> read(Stack stack) {
    return stack.ofType(TYPE).stream().map(QueueReader::queue).toList();
  }

  private static Queue queue(Stack.Sound resource) {
    return new Queue(resource.logicalId(), resource.identity().name(), resource.arn());
  }
}
