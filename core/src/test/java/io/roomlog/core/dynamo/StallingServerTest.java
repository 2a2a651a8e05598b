package io.roomlog.core.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.log.Retention;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A server that takes connections and never answers, as one does whose machine is overloaded. With
 * attempts as short as these some are cut off in the very moment in which they begin to write.
 */
@Timeout(60)
class StallingServerTest {

  private static final int CALLS = 60;

  private final List<Socket> taken = Collections.synchronizedList(new ArrayList<>());
  private final ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());

  StallingServerTest() throws IOException {
    Thread.ofVirtual().start(this::take);
  }

  private void take() {
    try {
      while (true) {
        taken.add(server.accept());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (Socket socket : List.copyOf(taken)) {
      socket.close();
    }
  }

  @Test
  void everyCallToItIsAFailureOfTheStorageAndNeverABug() {
    URI endpoint = URI.create("http://localhost:" + server.getLocalPort());
    AwsSettings aws =
        new AwsSettings(Region.US_EAST_1, AnonymousCredentialsProvider.create(), endpoint, null);
    Set<Class<?>> thrown = Collections.synchronizedSet(new HashSet<>());
    try (DynamoDbClient dynamo =
            DynamoDb.client(
                aws,
                UrlConnectionHttpClient.builder(),
                Duration.ofMillis(5),
                Duration.ofMillis(100));
        var threads = Executors.newFixedThreadPool(8)) {
      DynamoLogStore log = new DynamoLogStore(dynamo, "rooms", "messages", "sends");
      for (int i = 0; i < CALLS; i++) {
        threads.execute(() -> thrown.add(failure(log)));
      }
    }
    assertThat(thrown).containsExactly(StorageUnavailable.class);
  }

  private static Class<?> failure(DynamoLogStore log) {
    try {
      log.claim(new RoomName("lobby"), 1, Instant.EPOCH, Retention.forever());
      return Void.class;
    } catch (RuntimeException e) {
      return e.getClass();
    }
  }
}
