package io.roomlog.local.stream;

import io.roomlog.local.functions.Functions.Outcome;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records that go into a function together.
 *
 * @param arrivals the records, in the order in which the stream gave them; never empty
 * @param retries how many of its invocations count against the mapping's retry attempts
 * @param invocations how often these records went into the function
 * @param lastOutcome what came of the last of them, or null before the first
 */
record Batch(List<Arrival> arrivals, int retries, int invocations, @Nullable Outcome lastOutcome) {

  Batch {
    arrivals = List.copyOf(arrivals);
    if (arrivals.isEmpty()) {
      throw new IllegalArgumentException("a batch without records");
    }
  }

  static Batch fresh(List<Arrival> arrivals) {
    return new Batch(arrivals, 0, 0, null);
  }

  int size() {
    return arrivals.size();
  }

  Arrival first() {
    return arrivals.getFirst();
  }

  Arrival last() {
    return arrivals.getLast();
  }

  /** The event that the function gets. */
  String event() {
    return arrivals.stream()
        .map(arrival -> arrival.record().json())
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  Batch invoked(Outcome outcome) {
    return new Batch(arrivals, retries, invocations + 1, outcome);
  }

  Batch retried() {
    return new Batch(arrivals, retries + 1, invocations, lastOutcome);
  }

  /** The same history, for some of its records. */
  Batch only(List<Arrival> some) {
    return new Batch(some, retries, invocations, lastOutcome);
  }

  List<SequenceNumber> sequenceNumbers() {
    return arrivals.stream().map(Arrival::sequenceNumber).toList();
  }

  /** The sequence numbers of the records that are not in the rest of it. */
  List<SequenceNumber> sequenceNumbersWithout(Batch rest) {
    // By identity, since a stream may bring one record twice.
    var left = Collections.newSetFromMap(new IdentityHashMap<Arrival, Boolean>());
    left.addAll(rest.arrivals);
    return arrivals.stream()
        .filter(each -> !left.contains(each))
        .map(Arrival::sequenceNumber)
        .toList();
  }
}
