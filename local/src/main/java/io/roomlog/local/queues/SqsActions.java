package io.roomlog.local.queues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.function.Function;

/**
 * The actions of the SQS API that a function needs
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html), from a
 * request's JSON to an answer's.
 */
final class SqsActions {
  /** The most entries of a batch. */
  static final int BATCH_MAX = 10;

  private static final int WAIT_SECONDS_MAX = 20;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Queues queues;

  SqsActions(Queues queues) {
    this.queues = queues;
  }

  /**
   * Does an action.
   *
   * @param base where the API is reached, e.g. {@code http://127.0.0.1:4566}
   * @throws RefusedException if SQS would refuse it
   * @throws InterruptedException if the calling thread is interrupted while it waits for messages
   */
  ObjectNode perform(String action, SqsRequest request, String base) throws InterruptedException {
    return switch (action) {
      case "SendMessage" -> send(queue(request), request);
      case "SendMessageBatch" -> batch(request, entry -> send(queue(request), entry));
      case "ReceiveMessage" -> receive(request);
      case "DeleteMessage" -> delete(queue(request), request);
      case "DeleteMessageBatch" -> batch(request, entry -> delete(queue(request), entry));
      case "ChangeMessageVisibility" -> changeVisibility(queue(request), request);
      case "ChangeMessageVisibilityBatch" ->
          batch(request, entry -> changeVisibility(queue(request), entry));
      case "GetQueueUrl" -> queueUrl(request, base);
      case "GetQueueAttributes" -> attributes(request);
      default ->
          throw new RefusedException(
              "UnsupportedOperation", "the local queues have no action " + action);
    };
  }

  private MessageQueue queue(SqsRequest request) {
    var url = request.text("QueueUrl");
    return named(url.substring(url.lastIndexOf('/') + 1));
  }

  private MessageQueue named(String name) {
    return queues
        .named(name)
        .orElseThrow(
            () ->
                new RefusedException(
                    "QueueDoesNotExist", "The specified queue %s does not exist.".formatted(name)));
  }

  private static ObjectNode send(MessageQueue queue, SqsRequest request) {
    var message = request.message();
    return SqsResponse.sent(message, queue.send(message));
  }

  /** Does each entry of a batch; one that is refused does not hinder the others. */
  private static ObjectNode batch(SqsRequest request, Function<SqsRequest, ObjectNode> each) {
    var entries = request.json().path("Entries");
    checkEntries(entries.size(), request);
    var successful = NODES.arrayNode();
    var failed = NODES.arrayNode();
    for (var json : entries) {
      var entry = new SqsRequest(json);
      try {
        successful.add(each.apply(entry).put("Id", entry.text("Id")));
      } catch (RefusedException e) {
        failed.add(failure(entry, e));
      }
    }
    return answer(successful, failed);
  }

  private static void checkEntries(int entries, SqsRequest request) {
    if (entries == 0) {
      throw new RefusedException("EmptyBatchRequest", "a batch without entries");
    }
    if (entries > BATCH_MAX) {
      throw new RefusedException(
          "TooManyEntriesInBatchRequest",
          "a batch of %d entries; the limit is %d".formatted(entries, BATCH_MAX));
    }
    var ids = new HashSet<String>();
    for (var entry : request.json().path("Entries")) {
      if (!ids.add(new SqsRequest(entry).text("Id"))) {
        throw new RefusedException("BatchEntryIdsNotDistinct", "two entries have the Id " + ids);
      }
    }
  }

  private static ObjectNode failure(SqsRequest entry, RefusedException refused) {
    return NODES
        .objectNode()
        .put("Id", entry.text("Id"))
        .put("SenderFault", true)
        .put("Code", refused.code())
        .put("Message", refused.getMessage());
  }

  private static ObjectNode answer(ArrayNode successful, ArrayNode failed) {
    var json = NODES.objectNode();
    json.set("Successful", successful);
    json.set("Failed", failed);
    return json;
  }

  private ObjectNode receive(SqsRequest request) throws InterruptedException {
    var queue = queue(request);
    int most = request.number("MaxNumberOfMessages", 1, 1, MessageQueue.RECEIVE_MAX);
    var visibility = request.optionalSeconds("VisibilityTimeout", QueueRules.VISIBILITY_MAX);
    int wait = request.number("WaitTimeSeconds", 0, 0, WAIT_SECONDS_MAX);
    var system = request.texts("MessageSystemAttributeNames");
    system.addAll(request.texts("AttributeNames"));
    var user = request.texts("MessageAttributeNames");
    var json = NODES.objectNode();
    for (var message : queue.receive(most, visibility, Duration.ofSeconds(wait))) {
      json.withArrayProperty("Messages").add(SqsResponse.received(message, system, user));
    }
    return json;
  }

  /** An unknown receipt is no error on AWS either: deleting may be repeated. */
  private static ObjectNode delete(MessageQueue queue, SqsRequest request) {
    queue.delete(request.text("ReceiptHandle"));
    return NODES.objectNode();
  }

  private static ObjectNode changeVisibility(MessageQueue queue, SqsRequest request) {
    int most = Math.toIntExact(QueueRules.VISIBILITY_MAX.toSeconds());
    if (!request.json().hasNonNull("VisibilityTimeout")) {
      throw new RefusedException("MissingParameter", "VisibilityTimeout is missing");
    }
    var timeout = Duration.ofSeconds(request.number("VisibilityTimeout", 0, 0, most));
    return switch (queue.changeVisibility(request.text("ReceiptHandle"), timeout)) {
      case MessageQueue.Visibility.Changed() -> NODES.objectNode();
      case MessageQueue.Visibility.NotInFlight() ->
          throw new RefusedException(
              "MessageNotInflight", "the message of this receipt is not in flight");
    };
  }

  private ObjectNode queueUrl(SqsRequest request, String base) {
    var settings = named(request.text("QueueName")).settings();
    var account = settings.arn().split(":", -1)[4];
    return NODES.objectNode().put("QueueUrl", "%s/%s/%s".formatted(base, account, settings.name()));
  }

  private ObjectNode attributes(SqsRequest request) {
    var json = NODES.objectNode();
    json.set("Attributes", SqsResponse.attributes(queue(request), request.texts("AttributeNames")));
    return json;
  }
}
