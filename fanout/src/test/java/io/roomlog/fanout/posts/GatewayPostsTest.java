package io.roomlog.fanout.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomlog.core.Pause;
import io.roomlog.fanout.posts.Posts.Existence;
import io.roomlog.fanout.posts.Posts.Posted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.crt.io.TlsContextOptions;

/** What becomes of a gateway's answers, and of none. */
@Timeout(120)
class GatewayPostsTest {

  private static final Frame FRAME = Frame.of("a");

  /** However slow the machine is: here the answer is asked for, not the time. */
  private static final Duration LONG = Duration.ofSeconds(60);

  /** For servers that never answer. */
  private static final Duration SHORT = Duration.ofMillis(200);

  private static final Signer SIGNER =
      new Signer(
          "us-east-1",
          StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
          Clock.systemUTC());

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private record Called(GatewayPosts posts, Pool pool) {}

  private Called calling(int port, int connections, Duration callMax) {
    URI endpoint = URI.create("http://localhost:" + port + "/Prod");
    try (TlsContextOptions tls = TlsContextOptions.createDefaultClient()) {
      Pool pool = Pool.to(endpoint, connections, tls, callMax);
      opened.add(pool);
      return new Called(new GatewayPosts(endpoint, SIGNER, pool), pool);
    }
  }

  /** A gateway of the test's own. */
  @FunctionalInterface
  private interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  private int gateway(Answering answering) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", answering::answer);
    server.start();
    opened.add(threads);
    opened.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @ParameterizedTest
  @CsvSource({
    "200, Delivered[]",
    "410, Gone[]",
    "429, TooFast[]",
    "500, Failed[status=500]",
    "503, Failed[status=503]",
    "403, Failed[status=403]",
  })
  void anAnswerIsTakenAsItIsAndNothingIsSentTwice(int status, String expected) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    int port =
        gateway(
            exchange -> {
              requests.incrementAndGet();
              answer(exchange, status);
            });
    assertThat(calling(port, 1, LONG).posts().post("ann", FRAME).toString()).isEqualTo(expected);
    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"200, PRESENT", "410, ABSENT", "500, UNKNOWN", "429, UNKNOWN", "403, UNKNOWN"})
  void onlyAnAnswerSaysWhetherAConnectionExists(int status, Existence expected) throws IOException {
    int port = gateway(exchange -> answer(exchange, status));
    assertThat(calling(port, 1, LONG).posts().find("ann")).isEqualTo(expected);
  }

  @Test
  void theWholeFrameArrivesAtTheConnectionThatItIsFor() throws IOException {
    List<String> arrived = new ArrayList<>();
    int port =
        gateway(
            exchange -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              arrived.add(
                  exchange.getRequestURI().getRawPath()
                      + " "
                      + new String(body, StandardCharsets.UTF_8));
              answer(exchange, 200);
            });
    GatewayPosts posts = calling(port, 1, LONG).posts();
    Frame frame = Frame.of("ü".repeat(60_000));
    assertThat(posts.post("a+b/c==", frame)).isEqualTo(new Posted.Delivered());
    assertThat(posts.post("d", frame)).isEqualTo(new Posted.Delivered());
    assertThat(arrived)
        .containsExactly(
            "/Prod/@connections/a%2Bb%2Fc%3D%3D " + "ü".repeat(60_000),
            "/Prod/@connections/d " + "ü".repeat(60_000));
  }

  @Test
  void aGatewayThatNeverAnswersHoldsNobodyForLongerThanTheTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Called called = calling(silent.getLocalPort(), 1, SHORT);
      assertThat(called.posts().post("ann", FRAME))
          .isEqualTo(new Posted.NoAnswer("NoAnswerInTime"));
      // With one connection at most: the first must have given it up.
      assertThat(called.posts().find("ann")).isEqualTo(Existence.UNKNOWN);
      assertThat(called.posts().post("ann", FRAME)).matches(GatewayPostsTest::isUnanswered);
    }
  }

  @Test
  void whoGaveUpWaitingForAConnectionDoesNotKeepTheOneThatComes() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Called called = calling(server.getLocalPort(), 1, SHORT);
      List<Future<Posted>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        waiting.add(threads.submit(() -> called.posts().post("ann", FRAME)));
      }
      for (Future<Posted> post : waiting) {
        assertThat(post.get()).matches(GatewayPostsTest::isUnanswered);
      }
      awaitNothingInUse(called.pool());
    }
  }

  private static boolean isUnanswered(Posted posted) {
    return posted instanceof Posted.NoAnswer || posted instanceof Posted.NotSent;
  }

  @Test
  void whatCannotBeSentIsNotTakenForWhatGotNoAnswer() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    assertThat(calling(nobody, 1, LONG).posts().post("ann", FRAME))
        .isEqualTo(new Posted.NotSent("AWS_IO_SOCKET_CONNECTION_REFUSED"));

    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("no credentials");
        };
    URI endpoint = URI.create("http://localhost:" + nobody + "/Prod");
    Signer signer = new Signer("us-east-1", none, Clock.systemUTC());
    assertThat(new GatewayPosts(endpoint, signer, _ -> 200).post("ann", FRAME))
        .isEqualTo(new Posted.NotSent("SdkClientException"));
  }

  @Test
  void aHandshakeThatStallsHasSentNothingAndGivesItsPlaceBack() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TlsContextOptions tls = TlsContextOptions.createDefaultClient()) {
      URI endpoint = URI.create("https://localhost:" + mute.getLocalPort() + "/Prod");
      Pool pool = Pool.to(endpoint, 1, tls, SHORT);
      opened.add(pool);
      GatewayPosts posts = new GatewayPosts(endpoint, SIGNER, pool);
      assertThat(posts.post("ann", FRAME)).isInstanceOf(Posted.NotSent.class);
      // Half of what a handshake may take when nobody says so.
      mute.setSoTimeout(5_000);
      try (Socket _ = mute.accept()) {
        assertThat(posts.post("ann", FRAME)).matches(GatewayPostsTest::isUnanswered);
        mute.accept().close();
      }
    }
  }

  @Test
  void aConnectionThatBreaksFailsItsOwnPostOnly() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Called called = calling(server.getLocalPort(), 1, LONG);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  try (Socket first = server.accept()) {
                    first.getInputStream().read();
                  }
                  try (Socket second = server.accept()) {
                    second.getInputStream().read();
                    second
                        .getOutputStream()
                        .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                    second.getInputStream().readAllBytes();
                  }
                } catch (IOException e) {
                  // The test sees what its posts came to.
                }
              });
      assertThat(called.posts().post("ann", FRAME).toString()).startsWith("NoAnswer[reason=AWS_");
      assertThat(called.posts().post("bob", FRAME)).isEqualTo(new Posted.Delivered());
    }
  }

  @Test
  void whoIsInterruptedStaysInterruptedAndLeavesNothingBehind() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Called called = calling(silent.getLocalPort(), 1, LONG);
      Thread.currentThread().interrupt();
      assertThat(called.posts().post("ann", FRAME))
          .isEqualTo(new Posted.NoAnswer("InterruptedException"));
      assertThat(Thread.interrupted()).isTrue();
      awaitNothingInUse(called.pool());
    }
  }

  @Test
  void manyAtOnceShareTheConnections() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int port =
        gateway(
            exchange -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              exchange.getRequestBody().readAllBytes();
              underWay.decrementAndGet();
              answer(exchange, 200);
            });
    Called called = calling(port, 8, LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Posted>> posts = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        String id = "connection-" + i;
        posts.add(threads.submit(() -> called.posts().post(id, FRAME)));
      }
      for (Future<Posted> post : posts) {
        assertThat(post.get()).isEqualTo(new Posted.Delivered());
      }
    }
    assertThat(most.get()).isBetween(1, 8);
    awaitNothingInUse(called.pool());
  }

  /** Connections come back a moment after the answer does. */
  private static void awaitNothingInUse(Pool pool) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (pool.metrics().getLeasedConcurrency() > 0
        || pool.metrics().getPendingConcurrencyAcquires() > 0) {
      assertThat(System.nanoTime()).as("connections in use: %s", pool.metrics()).isLessThan(end);
      Pause.real().of(Duration.ofMillis(5));
    }
  }
}
