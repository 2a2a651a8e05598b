package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.Faults;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A room full of connections of which a tenth is cut without a close, and of which the gateway
 * never tells ({@code $disconnect} is best effort, and here it is dropped). In {@code verify} the
 * room is small; the whole one is run by {@code ./mvnw verify -pl tests -am -Pmany-connections}.
 */
class ManyConnectionsIT {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final int SENDERS = 5;
  private static final int MESSAGES_A_SECOND = 5;
  private static final int CUT_ONE_IN = 10;
  private static final Duration PRUNE_LIMIT = Duration.ofSeconds(60);

  private final int connections = Integer.getInteger("roomlog.connections", 100);
  private final int seconds = Integer.getInteger("roomlog.seconds", 6);

  /** A gateway that tells nobody when a connection ends. */
  private static final Faults NO_DISCONNECT =
      new Faults() {
        @Override
        public Optional<Fault> onPost(String connectionId) {
          return Optional.empty();
        }

        @Override
        public boolean onDisconnect(String connectionId) {
          return true;
        }
      };

  private final AtomicInteger sent = new AtomicInteger();
  private final List<Long> sentAt = new ArrayList<>();

  @Test
  void everySurvivorGetsEveryMessageOnceInOneOrderAndTheRowsOfTheCutOnesGo() throws Exception {
    try (World world = World.start(options -> options.faults(NO_DISCONNECT));
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor()) {
      long begin = System.nanoTime();
      List<Client> clients = connectAll(world);
      long connected = System.nanoTime();
      assertThat(world.members(ROOM)).hasSize(connections);
      List<Client> doomed = clients.subList(connections - connections / CUT_ONE_IN, connections);
      List<Client> survivors = clients.subList(0, connections - doomed.size());

      var sending =
          pace.scheduleAtFixedRate(
              () -> sendNext(survivors), 0, 1_000 / MESSAGES_A_SECOND, TimeUnit.MILLISECONDS);
      int half = seconds * MESSAGES_A_SECOND / 2;
      Await.until(
          "half the messages",
          Duration.ofSeconds(seconds + 30),
          () -> "",
          () -> sent.get() >= half);
      assertThat(world.members(ROOM)).as("before the cut").hasSize(connections);
      doomed.forEach(Client::cut);
      int all = seconds * MESSAGES_A_SECOND;
      Await.until(
          "all messages", Duration.ofSeconds(seconds + 30), () -> "", () -> sent.get() >= all);
      // Goes on sending: it is the push that finds out who is gone.
      Await.until(
          "the rows of the cut connections are gone",
          PRUNE_LIMIT,
          () -> world.members(ROOM).size() + " rows",
          () -> world.members(ROOM).size() == survivors.size());
      sending.cancel(false);
      pace.shutdown();
      assertThat(pace.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

      check(survivors);
      assertThat(world.items("ConnectionsTable"))
          .as("rows and inverses")
          .isEqualTo(2 * survivors.size());
      report(survivors, doomed.size(), connected - begin);
      clients.forEach(Client::cut);
    }
  }

  private List<Client> connectAll(World world) {
    List<CompletableFuture<Client>> connecting =
        IntStream.range(0, connections)
            .mapToObj(i -> Client.connecting(world.address("name=user" + i)))
            .toList();
    return connecting.stream().map(CompletableFuture::join).toList();
  }

  private void sendNext(List<Client> survivors) {
    int number = sent.get();
    synchronized (sentAt) {
      sentAt.add(System.nanoTime());
    }
    survivors.get(number % SENDERS).say("message " + number);
    sent.incrementAndGet();
  }

  private void check(List<Client> survivors) {
    survivors.forEach(survivor -> survivor.awaitFrames(sent.get()));
    List<String> order = survivors.getFirst().frames();
    assertThat(new HashSet<>(order))
        .as("each message once")
        .hasSize(sent.get())
        .hasSameSizeAs(order);
    assertThat(survivors).as("one order").allMatch(survivor -> survivor.frames().equals(order));
  }

  private void report(List<Client> survivors, int cut, long connecting) {
    List<Long> delays = new ArrayList<>();
    for (Client survivor : survivors) {
      List<String> frames = survivor.frames();
      List<Long> arrivals = survivor.arrivals();
      for (int i = 0; i < frames.size(); i++) {
        int number = Integer.parseInt(frames.get(i).substring("message ".length()));
        delays.add(arrivals.get(i) - sentAt.get(number));
      }
    }
    delays.sort(Long::compare);
    System.out.printf(
        "%d connections (joined in %d ms), %d senders, %d messages, %d cut without a close,"
            + " $disconnect dropped: %d deliveries, 0 lost, 0 twice, one order; rows of the cut"
            + " ones gone; from send to receipt p50 %d ms, p99 %d ms, most %d ms%n",
        connections,
        TimeUnit.NANOSECONDS.toMillis(connecting),
        SENDERS,
        sent.get(),
        cut,
        delays.size(),
        millisAt(delays, 0.50),
        millisAt(delays, 0.99),
        millisAt(delays, 1));
  }

  private static long millisAt(List<Long> sorted, double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return TimeUnit.NANOSECONDS.toMillis(sorted.get(Math.max(index, 0)));
  }
}
