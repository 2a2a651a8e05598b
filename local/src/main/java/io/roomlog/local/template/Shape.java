package io.roomlog.local.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a property may hold. */
sealed interface Shape {
  /**
   * A string.
   *
   * @param least its shortest length in characters
   * @param most its longest
   * @param characters the characters it is made of, as a class of a regular expression, or the
   *     empty text for any
   */
  record Text(int least, int most, String characters) implements Shape {}

  /** One of a few words. */
  record OneOf(List<String> words) implements Shape {
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /** A whole number in one of some ranges. */
  record WholeNumber(List<Range> ranges) implements Shape {
    public WholeNumber {
      ranges = List.copyOf(ranges);
    }
  }

  /** Whole numbers between two bounds, both included. */
  record Range(long least, long most) {
    boolean has(long number) {
      return number >= least && number <= most;
    }

    @Override
    public String toString() {
      return least == most ? String.valueOf(least) : least + " to " + most;
    }
  }

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

  /** A property whose only value here is the one that changes nothing. */
  record Only(String value, String mend) implements Shape {}

  /** A key of a structure. */
  record Property(boolean required, Shape shape) {}
}
