package io.roomlog.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API for one environment, on a port of its own, since the runtime is told a host
 * and a port and no path (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 *
 * <p>What the runtime does comes out as {@link Signal}s, one after the other; an invocation goes in
 * once it has asked for one.
 */
public final class RuntimeApi implements AutoCloseable {
  /** The largest answer of a function: 6 MB. */
  static final int RESPONSE_BYTES_MAX = 6 * 1024 * 1024;

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String INVOCATIONS = ROOT + "invocation/";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int NO_BODY = -1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();

  /** What the runtime does. */
  public sealed interface Signal {
    /** It is ready for an invocation. */
    record Asked() implements Signal {}

    /** The handler has returned. */
    record Answered(String requestId, String payload) implements Signal {}

    /** The answer is over {@link #RESPONSE_BYTES_MAX}. */
    record AnsweredTooMuch(String requestId) implements Signal {}

    /** The handler has thrown. */
    record Threw(String requestId, Failure failure) implements Signal {}

    /** The handler could not be made. */
    record InitFailed(Failure failure) implements Signal {}

    /** The process has ended; it was no request that said so. */
    record Exited(int status) implements Signal {}
  }

  /**
   * What the runtime tells of an exception.
   *
   * @param type its class
   * @param message what it says
   * @param stackTrace a line a frame
   */
  public record Failure(String type, String message, String stackTrace) {}

  /**
   * What the runtime is given.
   *
   * @param requestId names the invocation
   * @param event JSON
   * @param deadlineEpochMillis when it has to have answered
   * @param functionArn whose invocation it is
   */
  public record Invocation(
      String requestId, String event, long deadlineEpochMillis, String functionArn) {}

  /** Opens it on any free port of loopback. */
  public RuntimeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a runtime API", e);
    }
    server.setExecutor(threads);
    server.createContext(ROOT, this::handle);
    server.start();
  }

  /** What the runtime is told as {@code AWS_LAMBDA_RUNTIME_API}. */
  public String hostAndPort() {
    return server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
  }

  /** Hands an invocation to the runtime, now or once it asks. */
  public void give(Invocation invocation) {
    invocations.add(invocation);
  }

  void signal(Signal signal) {
    signals.add(signal);
  }

  /** The next thing that happens, or null if nothing does in that time. */
  public @Nullable Signal await(Duration limit) throws InterruptedException {
    return signals.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals(INVOCATIONS + "next")) {
        next(exchange);
      } else if (path.equals(ROOT + "restore/next")) {
        // No snapshot is taken; what asks for one goes on at once, as after it was restored.
        exchange.sendResponseHeaders(OK, NO_BODY);
      } else if (path.equals(ROOT + "init/error")) {
        signal(new Signal.InitFailed(failure(body(exchange))));
        exchange.sendResponseHeaders(ACCEPTED, NO_BODY);
      } else if (path.startsWith(INVOCATIONS)) {
        end(exchange, path.substring(INVOCATIONS.length()));
      } else {
        exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    signal(new Signal.Asked());
    Invocation invocation = invocations.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineEpochMillis()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    byte[] event = invocation.event().getBytes(UTF_8);
    exchange.sendResponseHeaders(OK, event.length);
    exchange.getResponseBody().write(event);
  }

  private void end(HttpExchange exchange, String idAndEnd) throws IOException {
    String requestId = idAndEnd.substring(0, Math.max(0, idAndEnd.indexOf('/')));
    byte[] body = body(exchange);
    int status = ACCEPTED;
    if (body.length > RESPONSE_BYTES_MAX) {
      status = TOO_LARGE;
      signal(new Signal.AnsweredTooMuch(requestId));
    } else if (idAndEnd.endsWith("/error")) {
      signal(new Signal.Threw(requestId, failure(body)));
    } else {
      signal(new Signal.Answered(requestId, new String(body, UTF_8)));
    }
    exchange.sendResponseHeaders(status, NO_BODY);
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    return exchange.getRequestBody().readNBytes(RESPONSE_BYTES_MAX + 1);
  }

  private static Failure failure(byte[] body) throws IOException {
    JsonNode error = JSON.readTree(body);
    StringBuilder stackTrace = new StringBuilder();
    error.path("stackTrace").forEach(line -> stackTrace.append(line.asText()).append('\n'));
    return new Failure(
        error.path("errorType").asText("unknown"),
        error.path("errorMessage").asText(""),
        stackTrace.toString());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
