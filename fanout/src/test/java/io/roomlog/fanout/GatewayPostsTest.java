package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.fanout.Posts.Existence;
import io.roomlog.fanout.Posts.Posted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;

/** What the SDK makes of a gateway's answers, and of none. */
@Timeout(120)
class GatewayPostsTest {

  private static final ByteBuffer FRAME = ByteBuffer.wrap(new byte[] {'a'}).asReadOnlyBuffer();

  /** However slow the machine is: here the answer is asked for, not the time. */
  private static final Duration LONG = Duration.ofSeconds(60);

  private static GatewayPosts posts(int port, Duration attemptMax) {
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    var aws = new AwsSettings(Region.US_EAST_1, credentials, null, null);
    URI endpoint = URI.create("http://localhost:" + port + "/Prod");
    return GatewayPosts.to(aws, endpoint, AwsCrtHttpClient.builder().maxConcurrency(1), attemptMax);
  }

  @Test
  void aGatewayThatNeverAnswersHoldsNobodyForLongerThanTheTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      GatewayPosts posts = posts(silent.getLocalPort(), GatewayPosts.ATTEMPT_MAX);
      assertThat(posts.post("ann", FRAME)).isInstanceOf(Posted.NoAnswer.class);
      // With one connection at most: the first must have given it up.
      assertThat(posts.find("ann")).isEqualTo(Existence.UNKNOWN);
      assertThat(posts.post("ann", FRAME)).isInstanceOf(Posted.NoAnswer.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', Delivered[]",
    "410, GoneException, Gone[]",
    "429, LimitExceededException, TooFast[]",
    "500, InternalServerErrorException, Failed[status=500]",
    "503, ServiceUnavailable, Failed[status=503]",
    "403, ForbiddenException, Failed[status=403]",
  })
  void anAnswerIsTakenAsItIsAndNothingIsSentTwice(int status, String error, String expected)
      throws IOException {
    AtomicInteger requests = new AtomicInteger();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer gateway = HttpServer.create(address, 0);
    gateway.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("x-amzn-ErrorType", error);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    gateway.start();
    try {
      Posted posted = posts(gateway.getAddress().getPort(), LONG).post("ann", FRAME);
      assertThat(posted.toString()).isEqualTo(expected);
      assertThat(requests).hasValue(1);
    } finally {
      gateway.stop(0);
    }
  }
}
