package io.roomlog.local.queues;

import static io.roomlog.local.queues.QueueFixtures.fifo;
import static io.roomlog.local.queues.QueueFixtures.queues;
import static io.roomlog.local.queues.QueueFixtures.standard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.stream.ManualClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** The endpoint as the SDK's client sees it, which checks every digest. */
class SqsEndpointTest {
  private final Server server =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final ManualClock clock = new ManualClock(QueueFixtures.START);
  private final Queues queues = queues(clock, standard("Jobs"), fifo("Crowds"));
  private URI address;
  private SqsClient client;

  @BeforeEach
  void start() throws Exception {
    server.setHandler(new SqsEndpoint(queues));
    server.start();
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    address = URI.create("http://127.0.0.1:" + port);
    client =
        SqsClient.builder()
            .endpointOverride(address)
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.stop();
  }

  @Test
  void aMessageIsSentReceivedAndDeleted() {
    var url = url("jobs");
    assertThat(url).isEqualTo(address + "/000000000000/jobs");
    var sent = client.sendMessage(request -> request.queueUrl(url).messageBody("grüße"));
    var message = receive(url).getFirst();
    assertThat(message.messageId()).isEqualTo(sent.messageId());
    assertThat(message.body()).isEqualTo("grüße");
    assertThat(message.attributes()).isEmpty();
    client.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
    clock.pass(QueueFixtures.VISIBILITY);
    assertThat(receive(url)).isEmpty();
  }

  @Test
  void attributesComeBackWhenTheyAreAskedFor() {
    var url = url("jobs");
    client.sendMessage(
        request ->
            request
                .queueUrl(url)
                .messageBody("a")
                .messageAttributes(
                    Map.of(
                        "kind",
                        MessageAttributeValue.builder().dataType("String").stringValue("x").build(),
                        "count",
                        MessageAttributeValue.builder().dataType("Number").stringValue("7").build(),
                        "blob",
                        MessageAttributeValue.builder()
                            .dataType("Binary")
                            .binaryValue(SdkBytes.fromUtf8String("hi"))
                            .build())));
    var all =
        client
            .receiveMessage(
                request ->
                    request
                        .queueUrl(url)
                        .visibilityTimeout(0)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .getFirst();
    assertThat(all.messageAttributes()).containsOnlyKeys("kind", "count", "blob");
    assertThat(all.attributes())
        .containsEntry(MessageSystemAttributeName.SENT_TIMESTAMP, "1767225600000")
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
    var some =
        client
            .receiveMessage(
                request ->
                    request
                        .queueUrl(url)
                        .messageAttributeNames("ki.*", "count")
                        .messageSystemAttributeNames(
                            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
            .messages()
            .getFirst();
    assertThat(some.messageAttributes()).containsOnlyKeys("kind", "count");
    assertThat(some.attributes())
        .isEqualTo(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2"));
  }

  @Test
  void aFifoMessageHasItsGroupAndNumber() {
    var url = url("crowds.fifo");
    var sent =
        client.sendMessage(
            request ->
                request
                    .queueUrl(url)
                    .messageBody("a")
                    .messageGroupId("room")
                    .messageDeduplicationId("id"));
    assertThat(sent.sequenceNumber()).isEqualTo("00000000000000000001");
    var message =
        client
            .receiveMessage(
                r -> r.queueUrl(url).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .getFirst();
    assertThat(message.attributes())
        .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "room")
        .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "id")
        .containsEntry(MessageSystemAttributeName.SEQUENCE_NUMBER, "00000000000000000001");
  }

  @Test
  void aBatchSendsWhatItCanAndNamesWhatItCannot() {
    var url = url("jobs");
    var answer =
        client.sendMessageBatch(
            request ->
                request
                    .queueUrl(url)
                    .entries(
                        entry("1", "a"),
                        entry("2", "b").toBuilder().messageDeduplicationId("id").build(),
                        entry("3", "c")));
    assertThat(answer.successful()).extracting("id").containsExactly("1", "3");
    assertThat(answer.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.id()).isEqualTo("2");
              assertThat(failed.senderFault()).isTrue();
              assertThat(failed.code()).isEqualTo("InvalidParameterValue");
            });
    var received = receive(url);
    assertThat(received).extracting(Message::body).containsExactly("a", "c");
    client.deleteMessageBatch(
        request ->
            request
                .queueUrl(url)
                .entries(
                    received.stream()
                        .map(
                            message ->
                                DeleteMessageBatchRequestEntry.builder()
                                    .id(message.body())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                        .toList()));
    clock.pass(QueueFixtures.VISIBILITY);
    assertThat(receive(url)).isEmpty();
  }

  @Test
  void aBatchHasOneToTenEntriesWithIdsOfTheirOwn() {
    var url = url("jobs");
    assertThatThrownBy(() -> client.sendMessageBatch(r -> r.queueUrl(url).entries(List.of())))
        .isInstanceOf(EmptyBatchRequestException.class);
    var ten = IntStream.range(0, 10).mapToObj(number -> entry("id-" + number, "a")).toList();
    assertThat(client.sendMessageBatch(r -> r.queueUrl(url).entries(ten)).successful()).hasSize(10);
    var eleven = new ArrayList<>(ten);
    eleven.add(entry("id-10", "a"));
    assertThatThrownBy(() -> client.sendMessageBatch(r -> r.queueUrl(url).entries(eleven)))
        .isInstanceOf(TooManyEntriesInBatchRequestException.class);
    var twins = List.of(entry("1", "a"), entry("1", "b"));
    assertThatThrownBy(() -> client.sendMessageBatch(r -> r.queueUrl(url).entries(twins)))
        .isInstanceOf(BatchEntryIdsNotDistinctException.class);
  }

  @Test
  void aChangeOfVisibilityMakesAMessageComeBack() {
    var url = url("jobs");
    client.sendMessage(request -> request.queueUrl(url).messageBody("a"));
    var handle = receive(url).getFirst().receiptHandle();
    client.changeMessageVisibility(r -> r.queueUrl(url).receiptHandle(handle).visibilityTimeout(0));
    assertThatThrownBy(
            () ->
                client.changeMessageVisibility(
                    r -> r.queueUrl(url).receiptHandle(handle).visibilityTimeout(0)))
        .isInstanceOf(MessageNotInflightException.class);
    assertThat(receive(url)).hasSize(1);
  }

  @Test
  void aChangeOfManyVisibilitiesDoesWhatItCanAndNamesTheRest() {
    var url = url("jobs");
    client.sendMessage(request -> request.queueUrl(url).messageBody("a"));
    var handle = receive(url).getFirst().receiptHandle();
    var entries = List.of(change("0", handle), change("1", "no such"));
    var answer = client.changeMessageVisibilityBatch(r -> r.queueUrl(url).entries(entries));
    assertThat(answer.successful()).extracting(each -> each.id()).containsExactly("0");
    assertThat(answer.failed()).extracting(each -> each.id()).containsExactly("1");
    assertThat(receive(url)).hasSize(1);
  }

  private static ChangeMessageVisibilityBatchRequestEntry change(String id, String handle) {
    return ChangeMessageVisibilityBatchRequestEntry.builder()
        .id(id)
        .receiptHandle(handle)
        .visibilityTimeout(0)
        .build();
  }

  @Test
  void aQueueShowsItsAttributes() {
    var url = url("crowds.fifo");
    client.sendMessage(
        r -> r.queueUrl(url).messageBody("a").messageGroupId("g").messageDeduplicationId("1"));
    var attributes =
        client
            .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    assertThat(attributes)
        .containsEntry(
            QueueAttributeName.QUEUE_ARN, "arn:aws:sqs:eu-central-1:000000000000:crowds.fifo")
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1")
        .containsEntry(QueueAttributeName.FIFO_QUEUE, "true")
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
    var one =
        client
            .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes();
    assertThat(one).containsOnlyKeys(QueueAttributeName.QUEUE_ARN);
  }

  @Test
  void aReceiveWaitsForAMessage() throws Exception {
    var url = url("jobs");
    var sender = Thread.ofVirtual().start(() -> queues.send("Jobs", "late"));
    var messages =
        client.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(20)).messages();
    assertThat(messages).extracting(Message::body).containsExactly("late");
    sender.join();
  }

  @Test
  void anUnknownQueueDoesNotExist() {
    assertThatThrownBy(() -> url("unknown"))
        .isInstanceOf(QueueDoesNotExistException.class)
        .hasMessageContaining("The specified queue unknown does not exist.");
    assertThatThrownBy(() -> receive(address + "/000000000000/unknown"))
        .isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void aRefusalNamesFieldValueAndLimit() {
    var url = url("jobs");
    assertThatThrownBy(() -> client.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(11)))
        .isInstanceOfSatisfying(
            SqsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("MaxNumberOfMessages 11 is not 1 to 10");
            });
    assertThatThrownBy(() -> client.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(21)))
        .hasMessageContaining("WaitTimeSeconds 21 is not 0 to 20");
    assertThatThrownBy(() -> client.sendMessage(r -> r.queueUrl(url)))
        .hasMessageContaining("MessageBody is missing");
    assertThatThrownBy(() -> client.purgeQueue(r -> r.queueUrl(url)))
        .hasMessageContaining("the local queues have no action PurgeQueue");
  }

  @Test
  void otherRequestsAreLeftToOthersAndBadJsonIsRefused() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var plain = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString("{}"));
      assertThat(http.send(plain.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(404);
      var bad =
          HttpRequest.newBuilder(address)
              .header("X-Amz-Target", "AmazonSQS.SendMessage")
              .POST(HttpRequest.BodyPublishers.ofString("{"))
              .build();
      var answer = http.send(bad, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("SerializationException");
    }
  }

  private String url(String queue) {
    return client.getQueueUrl(request -> request.queueName(queue)).queueUrl();
  }

  private List<Message> receive(String url) {
    return client
        .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
        .messages();
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }
}
