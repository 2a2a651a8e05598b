package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The intrinsic functions that give true or false, for {@code Conditions} and {@code Rules}. */
final class Logic {
  /**
   * What Fn::And and Fn::Or combine at least and at most
   * (docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html).
   */
  static final int COMBINED_MIN = 2;

  static final int COMBINED_MAX = 10;

  private final String where;
  private final Resolver values;
  private final Conditions conditions;
  private final Findings findings;

  Logic(String where, Resolver values, Conditions conditions, Findings findings) {
    this.where = where;
    this.values = values;
    this.conditions = conditions;
    this.findings = findings;
  }

  /** Whether an expression is true; nothing where that cannot be said (which is told). */
  Optional<Boolean> holds(Node node) {
    return switch (node) {
      case Node.Call call -> call(call);
      // Only here is the long form of Condition a function: elsewhere it is a plain key.
      case Node.Fields fields
          when fields.entries().size() == 1
              && fields.get("Condition").orElse(null) instanceof Node.Scalar name ->
          conditions.holds(where, name.line(), name.text());
      case Node.Scalar scalar when scalar.text().equals("true") || scalar.text().equals("false") ->
          Optional.of(Boolean.valueOf(scalar.text()));
      case Node.Unresolved _ -> Optional.empty();
      default -> wrong(node.line(), node.form() + " is neither true nor false");
    };
  }

  private Optional<Boolean> call(Node.Call call) {
    return switch (call.function()) {
      case CONDITION ->
          call.argument() instanceof Node.Scalar name
              ? conditions.holds(where, call.line(), name.text())
              : wrong(call.line(), "Condition takes one name");
      case EQUALS -> equal(call);
      case NOT -> all(call, 1, 1).map(one -> !one.getFirst());
      case AND -> all(call, COMBINED_MIN, COMBINED_MAX).map(some -> !some.contains(false));
      case OR -> all(call, COMBINED_MIN, COMBINED_MAX).map(some -> some.contains(true));
      case CONTAINS -> members(call, (list, value) -> list.contains(value));
      case EACH_MEMBER_EQUALS ->
          members(call, (list, value) -> list.stream().allMatch(Predicate.isEqual(value)));
      case EACH_MEMBER_IN -> membersIn(call);
      default -> wrong(call.line(), call.function().longName() + " is neither true nor false");
    };
  }

  private Optional<Boolean> equal(Node.Call call) {
    return two(call)
        .flatMap(
            pair -> {
              Optional<List<String>> left = texts(pair.getFirst());
              Optional<List<String>> right = texts(pair.getLast());
              return left.flatMap(value -> right.map(value::equals));
            });
  }

  private Optional<List<Boolean>> all(Node.Call call, int least, int most) {
    if (!(call.argument() instanceof Node.Sequence list)
        || list.items().size() < least
        || list.items().size() > most) {
      String amount = least == most ? String.valueOf(least) : least + " to " + most;
      wrong(call.line(), call.function().longName() + " takes a list of " + amount);
      return Optional.empty();
    }
    List<Boolean> results = new ArrayList<>();
    list.items().forEach(item -> holds(item).ifPresent(results::add));
    return results.size() == list.items().size() ? Optional.of(results) : Optional.empty();
  }

  private interface Membership {
    boolean test(List<String> list, String value);
  }

  private Optional<Boolean> members(Node.Call call, Membership membership) {
    return two(call)
        .flatMap(
            pair ->
                texts(pair.getFirst())
                    .flatMap(
                        list ->
                            texts(pair.getLast())
                                .map(value -> membership.test(list, value.getFirst()))));
  }

  private Optional<Boolean> membersIn(Node.Call call) {
    return two(call)
        .flatMap(
            pair ->
                texts(pair.getFirst())
                    .flatMap(list -> texts(pair.getLast()).map(all -> all.containsAll(list))));
  }

  private Optional<List<Node>> two(Node.Call call) {
    if (call.argument() instanceof Node.Sequence pair && pair.items().size() == 2) {
      return Optional.of(pair.items().stream().map(values::resolve).toList());
    }
    wrong(call.line(), call.function().longName() + " takes a list of 2");
    return Optional.empty();
  }

  private Optional<List<String>> texts(Node value) {
    return switch (value) {
      case Node.Scalar scalar -> Optional.of(List.of(scalar.text()));
      case Node.Sequence list ->
          Optional.of(
              list.items().stream()
                  .filter(Node.Scalar.class::isInstance)
                  .map(item -> ((Node.Scalar) item).text())
                  .toList());
      case Node.Unresolved _ -> Optional.empty();
      default -> {
        wrong(value.line(), value.form() + " cannot be compared");
        yield Optional.empty();
      }
    };
  }

  private Optional<Boolean> wrong(int line, String what) {
    findings.add(line, where, what, "see the reference of condition functions");
    return Optional.empty();
  }
}
