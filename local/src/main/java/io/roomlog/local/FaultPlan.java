package io.roomlog.local;

import io.roomlog.local.functions.FunctionFault;
import io.roomlog.local.gateway.Fault;
import io.roomlog.local.tables.TableFault;
import io.roomlog.local.template.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which faults strike a run at random, and how often.
 *
 * @param shares how often each strikes, by its name: the share, 0 to 1, of what it can strike
 * @param seed decides when: the same seed and the same order of calls strike alike
 */
public record FaultPlan(Map<String, Double> shares, long seed) {
  /** How often a fault strikes unless told otherwise. */
  public static final double SHARE_DEFAULT = 0.1;

  static final String STREAM_REPEAT = "stream-repeat";
  static final String STREAM_REORDER = "stream-reorder";
  static final String STREAM_STALL = "stream-stall";

  /** The names of all faults: of the gateway, of streams, of tables, of functions. */
  public static final List<String> NAMES =
      Stream.of(
              Arrays.stream(Fault.values()).map(Fault::label),
              Stream.of(STREAM_REPEAT, STREAM_REORDER, STREAM_STALL),
              Arrays.stream(TableFault.values()).map(TableFault::label),
              Arrays.stream(FunctionFault.values()).map(FunctionFault::label))
          .flatMap(names -> names)
          .toList();

  /**
   * Copies what is given.
   *
   * @throws IllegalArgumentException if there is no fault of a name, which lists them all, or a
   *     share is not from 0 to 1
   */
  public FaultPlan {
    shares.forEach(FaultPlan::check);
    shares = Map.copyOf(shares);
  }

  /** No fault strikes. */
  public static FaultPlan none() {
    return new FaultPlan(Map.of(), 0);
  }

  /** The same with one more fault, or with another share of one. */
  public FaultPlan with(String name, double share) {
    Map<String, Double> more = new TreeMap<>(shares);
    more.put(name, share);
    return new FaultPlan(more, seed);
  }

  /** How often a fault strikes, 0 to 1. */
  double share(String name) {
    return Objects.requireNonNullElse(shares.get(name), 0.0);
  }

  /** The names of the faults that are part of it, in the order of {@link #NAMES}. */
  List<String> chosen() {
    return NAMES.stream().filter(shares::containsKey).toList();
  }

  private static void check(String name, double share) {
    if (!NAMES.contains(name)) {
      String nearest =
          NearestName.of(name, NAMES).map(near -> "did you mean " + near + "? ").orElse("");
      throw new IllegalArgumentException(
          "'%s' is no fault; %sthere are %s".formatted(name, nearest, String.join(", ", NAMES)));
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of %s is %s; it must be 0 to 1".formatted(name, share));
    }
  }
}
