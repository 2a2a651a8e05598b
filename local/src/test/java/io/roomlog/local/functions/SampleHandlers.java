package io.roomlog.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Handlers as people write them, for tests of what runs them. */
public final class SampleHandlers {
  private SampleHandlers() {}

  /** Answers a frame with its body, its stage and a variable of its environment. */
  public static final class Frame
      implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
    private final Map<String, String> environment;

    public Frame() {
      throw new IllegalStateException("the constructor that takes the environment comes first");
    }

    public Frame(Map<String, String> environment) {
      this.environment = environment;
    }

    @Override
    public APIGatewayV2WebSocketResponse handleRequest(
        APIGatewayV2WebSocketEvent event, Context context) {
      APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
      response.setStatusCode(200);
      response.setBody(
          String.join(
              " ",
              event.getBody(),
              event.getRequestContext().getStage(),
              environment.get("TABLE"),
              context.getFunctionName()));
      return response;
    }
  }

  /** Fails every record of a stream's batch by its sequence number. */
  public static final class Stream implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
      List<StreamsEventResponse.BatchItemFailure> failures = new ArrayList<>();
      event
          .getRecords()
          .forEach(
              r ->
                  failures.add(
                      new StreamsEventResponse.BatchItemFailure(
                          r.getDynamodb().getSequenceNumber()
                              + "/"
                              + r.getDynamodb().getNewImage())));
      return new StreamsEventResponse(failures);
    }
  }

  /** Takes any JSON object. */
  public static final class AnyJson
      implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      return Map.of("seen", event);
    }
  }

  /** Copies bytes. */
  public static final class Bytes implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      output.write("streamed ".getBytes(UTF_8));
      input.transferTo(output);
    }
  }

  /** Has methods that look alike and no interface. */
  public static final class Plain {
    public String greet(String name) {
      return "without context";
    }

    public String greet(String name, Context context) {
      return "hello " + name;
    }

    public void nothing(String name) {}

    public String two(String one, String other) {
      return one + other;
    }
  }

  /** Fails in the way that its event names. */
  public static final class Failing implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      throw new UnsupportedOperationException("no " + event);
    }
  }

  /** Cannot be made the first time. */
  public static final class SlowStarter implements RequestHandler<String, String> {
    static final AtomicInteger ATTEMPTS = new AtomicInteger();

    public SlowStarter() {
      if (ATTEMPTS.incrementAndGet() == 1) {
        throw new IllegalArgumentException("ROOMS_TABLE is missing");
      }
    }

    @Override
    public String handleRequest(String event, Context context) {
      return event;
    }
  }

  /** Says who it is, and stays until it is let go. */
  public static final class Held implements RequestHandler<String, String> {
    static final Semaphore LET_GO = new Semaphore(0);
    static final BlockingQueue<Held> BUSY = new LinkedBlockingQueue<>();
    static final AtomicInteger MADE = new AtomicInteger();

    private final int number = MADE.incrementAndGet();

    @Override
    public String handleRequest(String event, Context context) {
      BUSY.add(this);
      LET_GO.acquireUninterruptibly();
      return number + " on " + Thread.currentThread().getName();
    }
  }

  /** Blocks until it is interrupted, and reports that. */
  public static final class Stuck implements RequestHandler<String, String> {
    static final CountDownLatch INTERRUPTED = new CountDownLatch(1);
    static final BlockingQueue<Integer> REMAINING_MILLIS = new LinkedBlockingQueue<>();

    private boolean used;

    @Override
    public @Nullable String handleRequest(String event, Context context) {
      if (used) {
        throw new IllegalStateException("an environment over its timeout was used again");
      }
      if (event.equals("pass")) {
        return "passed";
      }
      used = true;
      REMAINING_MILLIS.add(context.getRemainingTimeInMillis());
      try {
        new CountDownLatch(1).await();
        return "never";
      } catch (InterruptedException e) {
        INTERRUPTED.countDown();
        Thread.currentThread().interrupt();
        return "too late";
      }
    }
  }
}
