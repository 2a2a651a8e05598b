package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Clients that come all at once, as after a restart. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionStormTest {

  private static final int CLIENTS = 1000;

  @Test
  void aStormOfClientsGetsIn() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<RawClient>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            threads.submit(
                () -> {
                  go.await();
                  return RawClient.connect(gateway.server().address());
                }));
      }
      go.countDown();
      for (Future<RawClient> client : clients) {
        client.get();
      }

      Await.until("all are connected", () -> gateway.server().connections() == CLIENTS);
      for (Future<RawClient> client : clients) {
        client.get().reset();
      }
      Await.until("all are gone", () -> gateway.server().connections() == 0);
    }
  }

  /**
   * Nobody accepts here, so that the queue is all there is. A connector without a size of its own
   * has 50 places; a queue of 511 has been too short for other people's storms.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aThousandClientsMayWaitToBeAccepted() throws Exception {
    int kernelsMost =
        Integer.parseInt(Files.readString(Path.of("/proc/sys/net/core/somaxconn")).strip());
    Server server = new Server();
    Listeners.open(server, 0);
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    List<RawClient> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(CLIENTS, kernelsMost); i++) {
        waiting.add(RawClient.open(connector.getLocalPort()));
      }
    } finally {
      for (RawClient client : waiting) {
        client.reset();
      }
      for (Connector each : server.getConnectors()) {
        ((ServerConnector) each).close();
      }
    }
    assertThat(connector.getAcceptQueueSize()).isEqualTo(Listeners.ACCEPT_QUEUE_SIZE);
  }
}
