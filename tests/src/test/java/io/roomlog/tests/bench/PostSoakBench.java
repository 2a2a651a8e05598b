package io.roomlog.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.tests.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Question: does the fan-out's HTTP client, the CRT client used from as many virtual threads as the
 * fan-out has workers, go on for long without stalling and without growing?
 *
 * <p>Topology: one process; posts of 300 bytes over loopback HTTP (no TLS) to the local gateway and
 * on to {@value #CONNECTIONS} connections in the same process, which throw them away. Workload: a
 * closed loop of {@value #WORKERS} posts at once. Every few seconds the garbage is collected and
 * the heap and the resident memory are looked at.
 *
 * <p>Run by {@code ./mvnw verify -pl tests -am -Ppost-soak}; {@code -Droomlog.soak.seconds=120} for
 * less than ten minutes.
 */
class PostSoakBench {

  private static final int SECONDS = Integer.getInteger("roomlog.soak.seconds", 600);
  private static final int CONNECTIONS = 64;
  private static final int WORKERS = 128;

  /** Compilers and pools have settled by then. */
  private static final int WARM_UP_SECONDS = 20;

  private static final int MINUTES_MAX = 60;

  /** Without a single post in so long it does not hang a little: it hangs. */
  private static final Duration STALL = Duration.ofSeconds(20);

  @Test
  @Timeout(value = MINUTES_MAX, unit = TimeUnit.MINUTES)
  void theClientOfTheFanOutNeitherStallsNorGrows() throws Exception {
    System.out.println(Surroundings.now());
    try (World world = World.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<WebSocket> sockets = connect(world.address("room=soak"));
      List<String> ids =
          world.members(new RoomName("soak")).stream().map(m -> m.connectionId()).toList();
      assertThat(ids).hasSize(CONNECTIONS);
      try (PostLoop loop = new PostLoop(world.run().connectionsEndpoint(), ids, WORKERS)) {
        loop.start(threads);
        List<SoakSample> samples = SoakSample.take(loop, WARM_UP_SECONDS, SECONDS);
        loop.stop();
        print(loop, samples);
        assertThat(loop.longestSilence()).as("longest time without a post").isLessThan(STALL);
        assertThat(loop.failed()).as("posts failed").isZero();
      }
      sockets.forEach(WebSocket::abort);
    }
  }

  private static List<WebSocket> connect(URI address) {
    HttpClient http = HttpClient.newHttpClient();
    return IntStream.range(0, CONNECTIONS)
        .mapToObj(_ -> http.newWebSocketBuilder().buildAsync(address, new Deaf()).join())
        .toList();
  }

  private static void print(PostLoop loop, List<SoakSample> samples) {
    List<String> rows = new ArrayList<>();
    samples.forEach(sample -> rows.add(sample.row()));
    System.out.println(Surroundings.now());
    System.out.printf(
        "%d posts, %d failed, longest time without a post %d ms, longest post %d ms%n",
        loop.posts(), loop.failed(), loop.longestSilence().toMillis(), loop.longestPostMillis());
    System.out.println(SoakSample.HEADING);
    rows.forEach(System.out::println);
  }

  /** Reads and forgets. */
  private static final class Deaf implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      socket.request(1);
      return null;
    }
  }
}
