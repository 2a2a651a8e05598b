package io.roomlog.local.stream;

import java.util.concurrent.atomic.LongAdder;

/** What one mapping did since it was started. */
final class MappingCounters {
  private final LongAdder invocations = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder filtered = new LongAdder();
  private final LongAdder handled = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  void invoked(Verdict verdict) {
    invocations.increment();
    if (!(verdict instanceof Verdict.AllDone)) {
      failures.increment();
    }
  }

  void filtered(int records) {
    filtered.add(records);
  }

  void handled(int records) {
    handled.add(records);
  }

  void givenUp(int records) {
    givenUp.add(records);
  }

  MappingStatus.Counts counts() {
    return new MappingStatus.Counts(
        invocations.sum(), failures.sum(), filtered.sum(), handled.sum(), givenUp.sum());
  }
}
