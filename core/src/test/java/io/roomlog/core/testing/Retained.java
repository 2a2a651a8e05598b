package io.roomlog.core.testing;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive after a whole collection: counted, so that it does not depend on what the collector
 * felt like.
 *
 * @param ours instances of the product's classes
 * @param bytes of all instances of all classes
 */
public record Retained(long ours, long bytes) {

  /** One line of {@code jcmd GC.class_histogram}: instances, bytes, class. */
  private static final Pattern LINE =
      Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)", Pattern.MULTILINE);

  private static final String OURS = "io.roomlog.";

  /** Counts now. */
  public static Retained now() {
    long ours = 0;
    long bytes = 0;
    Matcher line = LINE.matcher(histogram());
    while (line.find()) {
      bytes += Long.parseLong(line.group(2));
      if (line.group(3).startsWith(OURS)) {
        ours += Long.parseLong(line.group(1));
      }
    }
    return new Retained(ours, bytes);
  }

  private static String histogram() {
    try {
      Object answer =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return String.valueOf(answer);
    } catch (JMException e) {
      throw new IllegalStateException("this JVM counts no instances", e);
    }
  }
}
