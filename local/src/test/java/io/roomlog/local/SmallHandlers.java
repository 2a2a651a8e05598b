package io.roomlog.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** The functions of the template small.yaml. */
public final class SmallHandlers {
  /** What the batches that have ended saw: {@code done} or {@code interrupted}. */
  static final BlockingQueue<String> ENDED = new LinkedBlockingQueue<>();

  /** Takes a permit from here for each batch that begins. */
  static final Semaphore BEGUN = new Semaphore(0);

  /** A batch ends when it gets a permit. */
  static final Semaphore MAY_END = new Semaphore(0);

  private SmallHandlers() {}

  /** Lets everybody in. */
  public static final class Connect
      implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      return Map.of("statusCode", 200);
    }
  }

  /** Stays until it is let go. */
  public static final class Batch implements RequestHandler<DynamodbEvent, String> {
    @Override
    public String handleRequest(DynamodbEvent event, Context context) {
      BEGUN.release();
      try {
        MAY_END.acquire();
        ENDED.add("done");
      } catch (InterruptedException e) {
        ENDED.add("interrupted");
        Thread.currentThread().interrupt();
      }
      return "";
    }
  }
}
