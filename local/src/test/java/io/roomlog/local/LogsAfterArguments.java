package io.roomlog.local;

import java.nio.file.Path;
import java.util.Random;
import org.slf4j.LoggerFactory;

/** A process that reads its arguments and then chooses where it logs to, as {@link Main} does. */
final class LogsAfterArguments {
  private LogsAfterArguments() {}

  public static void main(String[] arguments) {
    new Arguments(Path.of("template.yaml"), new Random(1)).read(arguments);
    System.setProperty("roomlog.log.target", "System.err");
    LoggerFactory.getLogger(LogsAfterArguments.class).atError().log("logged");
  }
}
