package io.roomlog.tests.policy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.roomlog.local.policies.Policies;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** The refused calls, as the local run logs them; they are kept out of the test's own output. */
final class Refusals implements AutoCloseable {

  private final List<RefusedCall> calls = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Policies.class);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          calls.add(read(event));
        }
      };

  /** Listens until closed. */
  Refusals() {
    appender.start();
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  /** What was refused so far. */
  List<RefusedCall> calls() {
    return List.copyOf(calls);
  }

  private static RefusedCall read(ILoggingEvent event) {
    Map<String, String> pairs =
        event.getKeyValuePairs().stream()
            .collect(Collectors.toMap(Refusals::key, pair -> String.valueOf(pair.value)));
    return new RefusedCall(
        pairs.getOrDefault("function", "?"),
        pairs.getOrDefault("action", "?"),
        pairs.getOrDefault("resource", "?"));
  }

  private static String key(KeyValuePair pair) {
    return pair.key;
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    appender.stop();
  }
}
