package io.roomlog.fanout.posts;

import io.roomlog.core.config.AwsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.http.HttpException;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.http.HttpRequestBodyStream;
import software.amazon.awssdk.crt.io.TlsContextOptions;

/**
 * Posts through the {@code @connections} API of API Gateway
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html).
 *
 * <p>By the Common Runtime that the SDK's own client is built on, and not by that client: what the
 * SDK does around a call takes four times the processor time of the call, and at 10,000 posts a
 * second a function's processor is spent on little else. It never tries again, since whether to is
 * a matter of whose fault it was; the SDK could not know that either.
 */
public final class GatewayPosts implements Posts {

  /**
   * How long one post can occupy a worker. A peer that does not answer can make the call hang
   * (aws-sdk-js-v3#6896).
   */
  public static final Duration CALL_MAX = Duration.ofSeconds(2);

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int GONE = 410;
  private static final int TOO_MANY_REQUESTS = 429;

  /** The digest of no body. */
  private static final Frame NOTHING = Frame.of("");

  private static final HttpHeader TYPE = new HttpHeader("Content-Type", "application/json");
  private static final HttpHeader AGENT = new HttpHeader("User-Agent", "roomlog");

  private final HttpHeader host;
  private final String path;
  private final Signer signer;
  private final Wire wire;

  GatewayPosts(URI endpoint, Signer signer, Wire wire) {
    this.host = new HttpHeader("Host", endpoint.getRawAuthority());
    this.path = endpoint.getRawPath() + "/@connections/";
    this.signer = signer;
    this.wire = wire;
  }

  /**
   * Posts to an API.
   *
   * @param aws where and as whom
   * @param endpoint the API's own address with its stage, {@code https://…/Prod}
   * @param concurrency posts at once, at most
   */
  public static GatewayPosts to(AwsSettings aws, URI endpoint, int concurrency) {
    try (TlsContextOptions tls = TlsContextOptions.createDefaultClient()) {
      return to(aws, endpoint, concurrency, tls);
    }
  }

  /**
   * Posts to an API whose certificate is another matter.
   *
   * @param aws where and as whom
   * @param endpoint the API's own address with its stage
   * @param concurrency posts at once, at most
   * @param tls what is asked of the certificate, where the address has one
   */
  public static GatewayPosts to(
      AwsSettings aws, URI endpoint, int concurrency, TlsContextOptions tls) {
    URI address = aws.connectionsEndpoint() == null ? endpoint : aws.connectionsEndpoint();
    return new GatewayPosts(
        address,
        new Signer(aws.region().id(), aws.credentials(), Clock.systemUTC()),
        aws.rehearses() ? _ -> OK : Pool.to(address, concurrency, tls, CALL_MAX));
  }

  @Override
  public Posted post(String connectionId, Frame frame) {
    HttpRequest request;
    try {
      request = signed("POST", connectionId, frame);
    } catch (RuntimeException e) {
      return new Posted.NotSent(reason(e));
    }
    try {
      return posted(wire.send(request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Posted.NoAnswer(e.getClass().getSimpleName());
    } catch (NotConnected e) {
      return new Posted.NotSent(reason(e));
    } catch (IOException | RuntimeException e) {
      // Whatever it throws: one post must never fail the others.
      return new Posted.NoAnswer(reason(e));
    }
  }

  @Override
  public Existence find(String connectionId) {
    try {
      return switch (wire.send(signed("GET", connectionId, null))) {
        case OK -> Existence.PRESENT;
        case GONE -> Existence.ABSENT;
        default -> Existence.UNKNOWN;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Existence.UNKNOWN;
    } catch (IOException | RuntimeException e) {
      return Existence.UNKNOWN;
    }
  }

  private static Posted posted(int status) {
    return switch (status) {
      case OK, NO_CONTENT -> new Posted.Delivered();
      case GONE -> new Posted.Gone();
      case TOO_MANY_REQUESTS -> new Posted.TooFast();
      default -> new Posted.Failed(status);
    };
  }

  private static String reason(Exception failure) {
    Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
    return cause instanceof HttpException answered
        ? CRT.awsErrorName(answered.getErrorCode())
        : cause.getClass().getSimpleName();
  }

  private HttpRequest signed(String method, String connectionId, @Nullable Frame frame) {
    Frame body = frame == null ? NOTHING : frame;
    HttpRequest request =
        new HttpRequest(
            method,
            path + URLEncoder.encode(connectionId, StandardCharsets.UTF_8),
            new HttpHeader[] {
              host, TYPE, AGENT, new HttpHeader("Content-Length", Integer.toString(body.size())),
            },
            frame == null ? null : new Body(frame));
    return signer.signed(request, body.sha256());
  }

  /** Hands the frame out in pieces, as large as the connection has room for. */
  private static final class Body implements HttpRequestBodyStream {
    private final ByteBuffer rest;

    Body(Frame frame) {
      this.rest = frame.bytes();
    }

    @Override
    public boolean sendRequestBody(ByteBuffer out) {
      int piece = Math.min(out.remaining(), rest.remaining());
      out.put(out.position(), rest, rest.position(), piece);
      out.position(out.position() + piece);
      rest.position(rest.position() + piece);
      return !rest.hasRemaining();
    }

    @Override
    public boolean resetPosition() {
      rest.rewind();
      return true;
    }

    @Override
    public long getLength() {
      return rest.capacity();
    }
  }
}
