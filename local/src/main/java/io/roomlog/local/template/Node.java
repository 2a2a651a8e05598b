package io.roomlog.local.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A value of a template and the line it stands on.
 *
 * <p>An intrinsic function is a {@link Call}, whether it was written short ({@code !Ref X}) or long
 * ({@code {Ref: X}}). A resolved tree holds no call.
 */
sealed interface Node {
  /** The line in the file, from 1. */
  int line();

  /** A string, number or boolean; CloudFormation turns one into the other as a property asks. */
  record Scalar(int line, String text) implements Node {}

  /** A list. */
  record Sequence(int line, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A mapping, in the order of the file. */
  record Fields(int line, SequencedMap<String, Field> entries) implements Node {
    public Fields {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    static Fields none(int line) {
      return new Fields(line, new LinkedHashMap<>());
    }

    Optional<Node> get(String key) {
      return Optional.ofNullable(entries.get(key)).map(Field::value);
    }

    /** The line of a key, or of the mapping where it has no such key. */
    int lineOf(String key) {
      Field field = entries.get(key);
      return field == null ? line : field.line();
    }
  }

  /** An entry of a mapping: the key's line, and the value. */
  record Field(int line, Node value) {}

  /** An intrinsic function and its argument in the long form's shape. */
  record Call(int line, Intrinsic function, Node argument) implements Node {}

  /** {@code AWS::NoValue}: whatever holds it is as if it were not written. */
  record Absent(int line) implements Node {}

  /** What could not be resolved; its problem is told already, and none may follow from it. */
  record Unresolved(int line) implements Node {}

  /** Whether nothing in this tree is {@link Unresolved}. */
  default boolean isResolved() {
    return switch (this) {
      case Scalar _, Absent _ -> true;
      case Call _, Unresolved _ -> false;
      case Sequence sequence -> sequence.items().stream().allMatch(Node::isResolved);
      case Fields fields ->
          fields.entries().values().stream().allMatch(field -> field.value().isResolved());
    };
  }

  /** The entries of a mapping; none of anything else. */
  default Map<String, Field> fieldsOrNone() {
    return this instanceof Fields fields ? fields.entries() : Map.of();
  }

  /** What this value is, in a reader's words. */
  default String form() {
    return switch (this) {
      case Scalar scalar -> "\"" + scalar.text() + "\"";
      case Sequence _ -> "a list";
      case Fields _ -> "a mapping";
      case Call call -> call.function().longName();
      case Absent _ -> "AWS::NoValue";
      case Unresolved _ -> "unresolved";
    };
  }
}
