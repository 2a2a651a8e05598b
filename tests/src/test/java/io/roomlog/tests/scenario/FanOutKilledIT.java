package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.Faults;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.KillableFunction;
import io.roomlog.tests.world.World;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanOutKilledIT {

  private static final RoomName ROOM = new RoomName("lobby");

  /** Lets no post through to one connection, and tells when one was tried again. */
  private static final class Unreachable implements Faults {
    private final AtomicReference<String> connectionId = new AtomicReference<>("nobody yet");
    private final AtomicInteger tries = new AtomicInteger();
    private final Runnable triedAgain;

    Unreachable(Runnable triedAgain) {
      this.triedAgain = triedAgain;
    }

    @Override
    public Optional<Fault> onPost(String to) {
      if (!to.equals(connectionId.get())) {
        return Optional.empty();
      }
      if (tries.incrementAndGet() == 2) {
        triedAgain.run();
      }
      return Optional.of(Fault.POST_HANGS);
    }

    @Override
    public boolean onDisconnect(String from) {
      return false;
    }
  }

  @Test
  void killingTheFanOutInTheMiddleOfABatchLosesNothing() {
    KillableFunction fanOut = new KillableFunction();
    Unreachable unreachable = new Unreachable(fanOut::kill);
    try (World world = World.start(options -> options.around(fanOut::around).faults(unreachable))) {
      fanOut.environment(() -> world.environment("FanOutFunction"));
      List<Client> others =
          IntStream.range(0, 10).mapToObj(i -> world.connect("name=other" + i)).toList();
      Client victim = world.connect("name=victim");
      unreachable.connectionId.set(connectionOf(world, "victim"));

      others.getFirst().say("survives");
      Await.until("the kill", fanOut::killed);
      assertThat(fanOut.death()).hasMessageContaining("interrupted in the middle of a batch");
      others.forEach(other -> other.awaitFrames(1));
      assertThat(victim.count()).as("the batch was cut off in its middle").isZero();

      unreachable.connectionId.set("nobody");
      fanOut.goOn();
      assertThat(victim.awaitFrames(1)).containsExactly("survives");
      others.forEach(other -> assertThat(other.frames()).containsOnly("survives"));

      others.getFirst().say("and on");
      assertThat(victim.awaitFrames(2)).containsExactly("survives", "and on");
      Await.until("both batches are done", () -> fanOut.outcomes().size() == 2);
    }
  }

  private static String connectionOf(World world, String name) {
    return world.members(ROOM).stream()
        .map(member -> member.connection())
        .filter(connection -> connection.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
