package io.roomlog.local.metrics;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Hands on the lines of metrics that functions write: to the logger {@value #LOGGER} where they run
 * in this process, and to their standard output where they have one of their own, which comes to
 * the same logger. The log is the process's: two runs in one process hear each other's functions.
 */
public final class MetricTap extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AutoCloseable {
  /** The logger whose messages are lines of metrics. */
  public static final String LOGGER = "metrics";

  private final Consumer<String> lines;
  private final Logger logger;

  private MetricTap(Consumer<String> lines, Logger logger) {
    this.lines = lines;
    this.logger = logger;
  }

  /** Hands on from now on. */
  public static MetricTap to(Consumer<String> lines) {
    Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
    MetricTap tap = new MetricTap(lines, logger);
    tap.setContext(logger.getLoggerContext());
    tap.start();
    logger.addAppender(tap);
    return tap;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.accept(event.getFormattedMessage());
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
