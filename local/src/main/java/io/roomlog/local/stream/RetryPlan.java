package io.roomlog.local.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to do next with a batch, as Lambda decides it
 * (docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html and
 * services-ddb-batchfailurereporting.html).
 *
 * <p>A failed batch is tried again until it succeeds, its records are too old, or it has used up
 * its retries; what is given up counts as handled, so that the shard goes on. With bisecting, a
 * batch that failed whole is halved and the halves tried one after the other; one that failed
 * partly is cut where it failed and the rest tried; neither uses up a retry. Where the pages are
 * silent: a report that names the batch's first record has handled nothing, so it is a batch that
 * failed whole (otherwise bisecting would never end); the rest of a cut batch keeps the retries
 * that its records have used.
 *
 * @param retriesMax how often a batch may be tried again, or null for no bound
 * @param ageMax how old a record may be when it goes into the function, or null for no bound
 * @param bisect whether failed batches are split
 * @param backoff how long to wait before a batch is tried again
 */
record RetryPlan(
    @Nullable Integer retriesMax, @Nullable Duration ageMax, boolean bisect, Backoff backoff) {

  /** What to do with a batch that is due. */
  sealed interface Due {
    /** The records to invoke the function with. */
    record Invoke(Batch batch) implements Due {}

    /** Records to give up for their age, and those to go on with, if any. */
    record TooOld(Batch expired, @Nullable Batch rest) implements Due {}
  }

  /** What to do with a batch after an invocation. */
  sealed interface Next {
    /** All its records are handled. */
    record Done() implements Next {}

    /** These records are tried again after the wait; its others are handled. */
    record Again(Batch batch, Duration pause) implements Next {}

    /** Both are tried, the first before the second. */
    record Halves(Batch first, Batch second) implements Next {}

    /** These records are given up, its others are handled. */
    record GiveUp(Batch batch) implements Next {}
  }

  /** Decides on a batch that is about to go into the function. */
  Due due(Batch batch, Instant now) {
    if (ageMax == null) {
      return new Due.Invoke(batch);
    }
    var byAge =
        batch.arrivals().stream()
            .collect(Collectors.partitioningBy(each -> each.born().plus(ageMax).isBefore(now)));
    var expired = byAge.getOrDefault(true, List.of());
    var rest = byAge.getOrDefault(false, List.of());
    if (expired.isEmpty()) {
      return new Due.Invoke(batch);
    }
    return new Due.TooOld(batch.only(expired), rest.isEmpty() ? null : batch.only(rest));
  }

  /** Decides on a batch that the function has answered. */
  Next after(Batch batch, Verdict verdict) {
    return switch (verdict) {
      case Verdict.AllDone() -> new Next.Done();
      case Verdict.AllFailed(_) -> afterWholeFailure(batch);
      case Verdict.FailedFrom(var lowest) -> {
        var rest = batch.arrivals().stream().filter(each -> notBefore(each, lowest)).toList();
        yield rest.size() == batch.size()
            ? afterWholeFailure(batch)
            : afterPartialFailure(batch.only(rest));
      }
    };
  }

  private static boolean notBefore(Arrival arrival, SequenceNumber lowest) {
    return arrival.sequenceNumber().compareTo(lowest) >= 0;
  }

  private Next afterWholeFailure(Batch batch) {
    if (!bisect || batch.size() == 1) {
      return retry(batch);
    }
    int half = batch.size() / 2;
    var arrivals = batch.arrivals();
    return new Next.Halves(
        batch.only(arrivals.subList(0, half)), batch.only(arrivals.subList(half, arrivals.size())));
  }

  private Next afterPartialFailure(Batch rest) {
    return bisect ? new Next.Again(rest, Duration.ZERO) : retry(rest);
  }

  private Next retry(Batch batch) {
    return retriesMax != null && batch.retries() >= retriesMax
        ? new Next.GiveUp(batch)
        : new Next.Again(batch.retried(), backoff.before(batch.retries() + 1));
  }
}
