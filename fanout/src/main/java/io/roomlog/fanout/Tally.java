package io.roomlog.fanout;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the connections of a room fared, all together.
 *
 * @param delivered frames delivered
 * @param gone connections of which the gateway says that they are gone
 * @param gaveUp connections that missed something
 * @param blockedBy why the room could not be reached at all, or null if it could
 */
record Tally(long delivered, int gone, int gaveUp, Delivery.@Nullable Reason blockedBy) {

  static Tally of(List<Delivery.Result> results) {
    long delivered = results.stream().mapToLong(Delivery.Result::delivered).sum();
    int gone = count(results, Delivery.Result.Gone.class);
    int gaveUp = count(results, Delivery.Result.GaveUp.class);
    boolean nobody = delivered == 0 && !results.isEmpty();
    return new Tally(
        delivered,
        gone,
        gaveUp,
        nobody && results.stream().allMatch(Tally::blocked)
            ? ((Delivery.Result.GaveUp) results.getFirst()).reason()
            : null);
  }

  /** Why the room could not be reached at all, if so. */
  Optional<Delivery.Reason> blocked() {
    return Optional.ofNullable(blockedBy);
  }

  /**
   * Whether it was for no fault of the client's: the gateway itself answered with an error, or
   * there was no time left to try.
   */
  private static boolean blocked(Delivery.Result result) {
    return result instanceof Delivery.Result.GaveUp(_, Delivery.Reason reason)
        && switch (reason) {
          case Delivery.Reason.Deadline() -> true;
          case Delivery.Reason.LastPost(Posts.Posted posted) ->
              posted instanceof Posts.Posted.Failed;
          case Delivery.Reason.TooSlow(), Delivery.Reason.StaysSilent() -> false;
        };
  }

  private static int count(List<Delivery.Result> results, Class<?> kind) {
    return Math.toIntExact(results.stream().filter(kind::isInstance).count());
  }
}
