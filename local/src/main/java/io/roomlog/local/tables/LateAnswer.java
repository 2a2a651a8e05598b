package io.roomlog.local.tables;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A response that is held back until its time; no thread waits for it. */
final class LateAnswer extends Response.Wrapper {
  private final Scheduler scheduler;
  private final long due;

  /**
   * Holds a response back.
   *
   * @param atLeast from now on
   */
  LateAnswer(Request request, Response response, Duration atLeast) {
    super(request, response);
    this.scheduler = request.getComponents().getScheduler();
    this.due = System.nanoTime() + atLeast.toNanos();
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
    long left = due - System.nanoTime();
    if (left <= 0) {
      super.write(last, content, callback);
    } else {
      scheduler.schedule(() -> super.write(last, content, callback), left, TimeUnit.NANOSECONDS);
    }
  }
}
