package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.local.functions.Functions;
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

  /** Lets no post through to one connection: it is never answered. */
  private static final class Unreachable implements Faults {
    private final AtomicReference<String> connectionId = new AtomicReference<>("nobody yet");
    private final AtomicInteger hung = new AtomicInteger();

    @Override
    public Optional<Fault> onPost(String to) {
      if (!to.equals(connectionId.get())) {
        return Optional.empty();
      }
      hung.incrementAndGet();
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
    Unreachable unreachable = new Unreachable();
    try (World world = World.start(options -> options.around(fanOut::around).faults(unreachable))) {
      fanOut.in(world);
      List<Client> others =
          IntStream.range(0, 10).mapToObj(i -> world.connect("name=other" + i)).toList();
      Client victim = world.connect("name=victim");
      unreachable.connectionId.set(connectionOf(world, "victim"));

      others.getFirst().say("survives");
      Await.until("a post that hangs", () -> unreachable.hung.get() > 0);
      others.forEach(other -> other.awaitFrames(1));
      assertThat(fanOut.ended()).as("it was in the middle of the batch").isFalse();
      List<ProcessHandle> first = world.run().processes(KillableFunction.FUNCTION);
      assertThat(first).hasSize(World.inThisProcess() ? 0 : 1);
      fanOut.kill();
      Await.until("the kill", fanOut::ended);
      assertThat(fanOut.death())
          .isInstanceOfSatisfying(
              Functions.Outcome.Failed.class,
              failed -> assertThat(failed.errorType()).isEqualTo(KillableFunction.EXIT));
      assertThat(first).noneMatch(ProcessHandle::isAlive);
      assertThat(victim.count()).as("the batch was cut off in its middle").isZero();

      unreachable.connectionId.set("nobody");
      fanOut.goOn();
      assertThat(victim.awaitFrames(1)).containsExactly("survives");
      others.forEach(other -> assertThat(other.frames()).containsOnly("survives"));

      others.getFirst().say("and on");
      assertThat(victim.awaitFrames(2)).containsExactly("survives", "and on");
      Await.until("both batches are done", () -> fanOut.outcomes().size() == 2);
      assertThat(fanOut.outcomes()).hasOnlyElementsOfType(Functions.Outcome.Returned.class);
    }
  }

  private static String connectionOf(World world, String name) {
    return world.connections(ROOM).stream()
        .filter(connection -> connection.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
