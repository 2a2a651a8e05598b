package io.roomlog.tests.alarms;

import java.time.Duration;
import java.util.List;

/**
 * An alarm as the template has it.
 *
 * @param name its logical id
 * @param series what it looks at
 * @param expression what is made of them, in terms of their ids
 * @param threshold above which a period counts
 * @param period of one value
 * @param periods looked at
 * @param toAlarm of these, how many must be above
 */
public record Alarm(
    String name,
    List<Series> series,
    String expression,
    double threshold,
    Duration period,
    int periods,
    int toAlarm) {

  /**
   * One metric of one thing.
   *
   * @param id in the alarm's expression
   * @param namespace e.g. {@code AWS/Lambda}
   * @param metric e.g. {@code Errors}
   * @param of the logical id of what is measured; empty for all of the region
   * @param statistic {@code Sum}, {@code Maximum} or {@code p99}
   */
  public record Series(String id, String namespace, String metric, String of, String statistic) {
    /** As CloudWatch's pages name it. */
    public String name() {
      return namespace + "/" + metric;
    }
  }

  /** Copies what is given. */
  public Alarm {
    series = List.copyOf(series);
  }

  /**
   * How long something that grows with time has grown when its last chance comes to be above the
   * threshold often enough: 2 of 3 minutes need it at the end of the second.
   */
  Duration growth() {
    return period.multipliedBy(periods - toAlarm + 1L);
  }
}
