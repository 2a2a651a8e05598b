package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.Pause;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Page;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.testing.FaultyLogStore;
import io.roomlog.core.testing.FaultyLogStore.Call;
import io.roomlog.core.testing.FaultyLogStore.Crashed;
import io.roomlog.core.testing.FaultyLogStore.Fault;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.HangingPuts;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriterDiesIT {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final String SEND_MESSAGE = "SendMessageFunction";
  private static final Duration FILL_TIME = Duration.ofSeconds(5);

  @Test
  void aWriterThatDiesBetweenCounterAndPutStallsNobodyForLongerThanTheFillTime() throws Exception {
    HangingPuts puts = new HangingPuts(SEND_MESSAGE);
    try (World world = World.start(options -> options.tableFaults(puts));
        Client ann = world.connect("name=ann")) {
      ann.say("before");
      ann.awaitFrames(1);

      switch (World.mode()) {
        case IN_PROCESS -> crashAWriter(world);
        case PROCESS -> killTheWriter(world, puts);
      }
      assertThat(world.log().counter(ROOM).head()).as("a position was taken").isEqualTo(2);
      assertThat(world.log().after(ROOM, 1, 10).entries()).as("and not filled").isEmpty();

      // The live stream goes on at once: nobody waits for the position that is missing.
      ann.say("after");
      assertThat(ann.awaitFrames(2)).containsExactly("before", "after");

      // Who reads the log waits for the writer, but only so long.
      InstantSource tooEarly =
          () -> world.log().after(ROOM, 2, 1).entries().getFirst().at().plus(FILL_TIME);
      Page held = log(world.log(), tooEarly).after(ROOM, 0, 10);
      assertThat(held.to()).isEqualTo(1);
      assertThat(held.pending()).isTrue();
      Page passed = log(world.log(), () -> tooEarly.instant().plusMillis(1)).after(ROOM, 0, 10);
      assertThat(passed.to()).isEqualTo(3);
      assertThat(passed.entries().get(1)).isInstanceOf(Entry.Voided.class);

      // A void is an entry too, and its record goes through the stream; nobody gets to see it.
      ann.say("and on");
      assertThat(ann.awaitFrames(3)).containsExactly("before", "after", "and on");
    }
  }

  /** A writer of the test's own: a function in this process cannot be killed. */
  private static void crashAWriter(World world) {
    FaultyLogStore dying = new FaultyLogStore(world.log()).next(Call.PUT, Fault.CRASH_BEFORE);
    RoomLog writer = log(dying, InstantSource.system());
    assertThatExceptionOfType(Crashed.class)
        .isThrownBy(
            () ->
                writer.append(
                    ROOM, new Author("x", "x", "x"), List.of(new Draft(null, "\"lost\""))));
    assertThat(dying.struck()).as("the fault struck").containsExactly(Fault.CRASH_BEFORE);
  }

  /** The function's own process, while its put is on its way. */
  private static void killTheWriter(World world, HangingPuts puts) {
    List<ProcessHandle> writers = world.run().processes(SEND_MESSAGE);
    assertThat(writers).hasSize(1);
    puts.begin();
    try (Client bob = world.connect("room=elsewhere," + ROOM + "&name=bob")) {
      bob.send("{\"action\":\"sendmessage\",\"data\":\"lost\",\"room\":\"" + ROOM + "\"}");
      Await.until("a put that hangs", () -> puts.hung() > 0);
      writers.forEach(ProcessHandle::destroyForcibly);
      assertThat(bob.awaitFrames(1).getFirst()).contains("Internal server error");
    }
    assertThat(writers).noneMatch(ProcessHandle::isAlive);
    puts.end();
  }

  private static RoomLog log(LogStore store, InstantSource clock) {
    return new RoomLog(store, clock, new Random(1), Pause.real());
  }
}
