package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.Faults;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.Traffic;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

  @Test
  void everySurvivorGetsEveryMessageOnceInOneOrderAndTheRowsOfTheCutOnesGo() throws Exception {
    try (World world = World.start(options -> options.faults(NO_DISCONNECT))) {
      long begin = System.nanoTime();
      List<Client> clients = connectAll(world);
      long connected = System.nanoTime();
      assertThat(world.members(ROOM)).hasSize(connections);
      List<Client> doomed = clients.subList(connections - connections / CUT_ONE_IN, connections);
      List<Client> survivors = clients.subList(0, connections - doomed.size());

      Traffic traffic = new Traffic(survivors.subList(0, SENDERS), MESSAGES_A_SECOND);
      try (traffic) {
        traffic.awaitSent(seconds * MESSAGES_A_SECOND / 2);
        assertThat(world.members(ROOM)).as("before the cut").hasSize(connections);
        age(world, doomed.size());
        doomed.forEach(Client::cut);
        traffic.awaitSent(seconds * MESSAGES_A_SECOND);
        // Goes on sending: it is the push that finds out who is gone.
        Await.until(
            "the rows of the cut connections are gone",
            PRUNE_LIMIT,
            () -> world.members(ROOM).size() + " rows",
            () -> world.members(ROOM).size() == survivors.size());
        traffic.stop();
      }
      traffic.assertDeliveredTo(survivors);
      assertThat(world.items("ConnectionsTable"))
          .as("rows and inverses")
          .isEqualTo(2 * survivors.size());
      System.out.printf(
          "%d connections (joined in %d ms), %d senders, %d messages, %d cut without a close,"
              + " $disconnect dropped, rows of the cut ones gone: %s%n",
          connections,
          TimeUnit.NANOSECONDS.toMillis(connected - begin),
          SENDERS,
          traffic.sent(),
          doomed.size(),
          traffic.figures(survivors));
      clients.forEach(Client::cut);
    }
  }

  /** The last ones to connect, so that nobody waits for the 30 s in which a 410 does not count. */
  private void age(World world, int count) {
    Set<String> names =
        IntStream.range(connections - count, connections)
            .mapToObj(ManyConnectionsIT::name)
            .collect(Collectors.toSet());
    world.connections(ROOM).stream()
        .filter(connection -> names.contains(connection.name()))
        .forEach(connection -> world.age(ROOM, connection));
  }

  private static String name(int number) {
    return "user" + number;
  }

  private List<Client> connectAll(World world) {
    List<CompletableFuture<Client>> connecting =
        IntStream.range(0, connections)
            .mapToObj(i -> Client.connecting(world.address("name=" + name(i))))
            .toList();
    return connecting.stream().map(CompletableFuture::join).toList();
  }
}
