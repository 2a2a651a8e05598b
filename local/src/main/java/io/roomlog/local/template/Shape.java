package io.roomlog.local.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a property may hold. */
sealed interface Shape {
  /** Any string of a length. */
  record Text(int least, int most) implements Shape {}

  /** One of a few words. */
  record OneOf(List<String> words) implements Shape {
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /** A whole number between two bounds, both included. */
  record WholeNumber(long least, long most) implements Shape {}

  /** A number. */
  record Decimal() implements Shape {}

  /** A boolean. */
  record Truth() implements Shape {}

  /** Anything. */
  record Json() implements Shape {}

  /** A list of alike values. */
  record ListOf(Shape item) implements Shape {}

  /** A mapping whose keys are the template's own. */
  record MapOf(Shape value) implements Shape {}

  /** A mapping with known keys. */
  record Structure(SequencedMap<String, Property> properties) implements Shape {
    public Structure {
      properties = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(properties));
    }
  }

  /** A property that AWS knows and the local run cannot follow. */
  record Refused(String mend) implements Shape {}

  /** A key of a structure. */
  record Property(boolean required, Shape shape) {}
}
