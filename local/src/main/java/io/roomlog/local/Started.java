package io.roomlog.local;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been started and has to be ended, however far the start came. */
final class Started {
  private final Map<Part, Ending> endings = new EnumMap<>(Part.class);

  /** The parts in the order in which they end: who calls ends before what it calls. */
  enum Part {
    /** They finish the batch in flight, whose pushes need the gateway. */
    MAPPINGS,
    /** Closing its connections invokes {@code $disconnect}. */
    GATEWAY,
    FUNCTIONS,
    /** It hears what functions write until they have ended. */
    METRICS,
    QUEUES,
    /** It follows the tables. */
    REPLICA,
    TABLES,
    DATA_FOLDER
  }

  /** Ends one part. */
  interface Ending {
    void end() throws InterruptedException;
  }

  synchronized void endWith(Part part, Ending ending) {
    endings.put(part, ending);
  }

  /**
   * Ends everything, also what comes after a part that fails to end. An interrupt stays set.
   *
   * @throws IllegalStateException if a part failed; failures after the first are suppressed in it
   */
  synchronized void end() {
    IllegalStateException failure = null;
    for (Part part : Part.values()) {
      Ending ending = endings.remove(part);
      if (ending != null) {
        failure = worse(failure, part, ending);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable IllegalStateException worse(
      @Nullable IllegalStateException before, Part part, Ending ending) {
    try {
      ending.end();
      return before;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return before;
    } catch (RuntimeException e) {
      IllegalStateException failure = new IllegalStateException(part + " did not end", e);
      if (before == null) {
        return failure;
      }
      before.addSuppressed(failure);
      return before;
    }
  }
}
