package io.roomlog.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * The last events that the local run logged, also those below the level that the console shows:
 * what led to a trouble is there when one looks, without another run.
 */
public final class RecentEvents extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AutoCloseable {
  /** Of more events, only the last are kept. */
  public static final int EVENTS_MAX = 200;

  /** What a function's exception says may quote what its caller sent. */
  private static final Set<String> WRITTEN_BY_FUNCTIONS = Set.of("errorMessage", "stackTrace");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Deque<ILoggingEvent> events = new ArrayDeque<>();
  private final @Nullable Logger local;
  private final Level console;

  private RecentEvents(@Nullable Logger local, Level console) {
    this.local = local;
    this.console = console;
  }

  /** No events, ever. */
  public static RecentEvents none() {
    return new RecentEvents(null, Level.OFF);
  }

  /**
   * Keeps the events of this process from now on, from level debug on. The console goes on showing
   * those of the level that it has at this moment. The log is the process's, so one at a time.
   */
  public static RecentEvents ofLog() {
    // Not before it is asked for: the first logger settles where the log goes.
    Logger local = (Logger) LoggerFactory.getLogger("io.roomlog.local");
    RecentEvents recent = new RecentEvents(local, local.getEffectiveLevel());
    recent.setContext(local.getLoggerContext());
    recent.start();
    local.setAdditive(false);
    local.addAppender(recent);
    local.setLevel(Level.DEBUG);
    return recent;
  }

  @Override
  protected void append(ILoggingEvent event) {
    synchronized (events) {
      events.addLast(event);
      if (events.size() > EVENTS_MAX) {
        events.removeFirst();
      }
    }
    if (local != null && event.getLevel().isGreaterOrEqual(console)) {
      local
          .getLoggerContext()
          .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
          .iteratorForAppenders()
          .forEachRemaining(appender -> appender.doAppend(event));
    }
  }

  /** Writes them, the oldest first. */
  void write(ArrayNode into) {
    List<ILoggingEvent> copy;
    synchronized (events) {
      copy = List.copyOf(events);
    }
    copy.forEach(event -> write(event, into.addObject()));
  }

  private static void write(ILoggingEvent event, ObjectNode into) {
    into.put("timestamp", event.getInstant().toString())
        .put("level", event.getLevel().toString())
        .put("event", event.getMessage());
    if (event.getThrowableProxy() != null) {
      into.put("exception", event.getThrowableProxy().getClassName());
    }
    List<KeyValuePair> pairs =
        Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of());
    for (KeyValuePair pair : pairs) {
      if (pair.value instanceof Number number) {
        into.set(pair.key, JSON.valueToTree(number));
      } else if (!WRITTEN_BY_FUNCTIONS.contains(pair.key)) {
        into.put(pair.key, String.valueOf(pair.value));
      }
    }
  }

  /** Keeps no more; the log is as it was before. */
  @Override
  public void close() {
    if (local != null) {
      local.setLevel(null);
      local.detachAppender(this);
      local.setAdditive(true);
      stop();
    }
  }
}
