package io.roomlog.tests.policy;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A part of a function's policies that is to be removed.
 *
 * @param function the function's logical id
 * @param statement the statement's place among the function's, from 0
 * @param part what of it
 * @param lost what the function may no longer do, with its references resolved
 */
record Removal(String function, int statement, Part part, Statement lost) {

  /** What of a statement is removed. */
  sealed interface Part {
    /** The statement. */
    record Whole() implements Part {}

    /** One action of several, by its place from 0. */
    record Action(int index) implements Part {}

    /** One resource of several, by its place from 0. */
    record Resource(int index) implements Part {}
  }

  /** Every statement of these functions, and each part of those that have several. */
  static Stream<Removal> all(List<Function> functions) {
    return functions.stream()
        .flatMap(
            function ->
                IntStream.range(0, function.statements().size())
                    .boxed()
                    .flatMap(index -> of(function, index).stream()));
  }

  private static List<Removal> of(Function function, int index) {
    Statement all = function.statements().get(index);
    List<Removal> removals = new ArrayList<>();
    removals.add(new Removal(function.logicalId(), index, new Part.Whole(), all));
    for (int i = 0; all.actions().size() > 1 && i < all.actions().size(); i++) {
      Statement lost = new Statement(all.effect(), List.of(all.actions().get(i)), all.resources());
      removals.add(new Removal(function.logicalId(), index, new Part.Action(i), lost));
    }
    for (int i = 0; all.resources().size() > 1 && i < all.resources().size(); i++) {
      Statement lost = new Statement(all.effect(), all.actions(), List.of(all.resources().get(i)));
      removals.add(new Removal(function.logicalId(), index, new Part.Resource(i), lost));
    }
    return removals;
  }

  /** Whether it is a whole statement. */
  boolean isWhole() {
    return part instanceof Part.Whole;
  }

  /** Whether it is why a call was refused. */
  boolean explains(RefusedCall call) {
    return call.function().equals(function) && lost.covers(call.action(), call.resource());
  }

  @Override
  public String toString() {
    String what = part instanceof Part.Whole ? "statement " : "";
    return function
        + " without "
        + what
        + String.join(", ", lost.actions())
        + " on "
        + String.join(", ", lost.resources());
  }
}
