package io.roomlog.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.local.RunOptions;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.Traffic;
import io.roomlog.tests.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A big room in which little is said, at Lambda's pace of polling. Prints how long deliveries take:
 * {@code ./mvnw verify -pl tests -am -Pplain-load}.
 */
class PlainLoadBench {

  private static final int CONNECTIONS = 2_000;
  private static final int SENDERS = 10;
  private static final int MESSAGES_A_SECOND = 2;
  private static final int SECONDS = 60;
  private static final int SECONDS_MAX = 600;

  @Test
  @Timeout(SECONDS_MAX)
  void everybodyInABigRoomGetsEveryMessageOnceAndInOneOrder() throws Exception {
    try (World world = World.start(options -> options.polling(RunOptions.LAMBDA_POLL))) {
      List<Client> clients = Client.connectAll(CONNECTIONS, i -> world.address("name=user" + i));
      assertThat(world.members(new RoomName("lobby"))).hasSize(CONNECTIONS);
      Traffic traffic = new Traffic(clients.subList(0, SENDERS), MESSAGES_A_SECOND);
      try (traffic) {
        traffic.awaitSent(SECONDS * MESSAGES_A_SECOND);
        traffic.stop();
      }
      traffic.assertDeliveredTo(clients);
      assertThat(world.run().connections()).isEqualTo(CONNECTIONS);
      System.out.printf(
          "%d connections, %d messages, %d a second: %s%n",
          CONNECTIONS, traffic.sent(), MESSAGES_A_SECOND, traffic.figures(clients));
      clients.forEach(Client::cut);
    }
  }
}
