package io.roomlog.local.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Compares resolved properties with the shape that their type asks for. */
final class ShapeCheck {
  private final String where;
  private final String typeName;
  private final Findings findings;

  ShapeCheck(String where, String typeName, Findings findings) {
    this.where = where;
    this.typeName = typeName;
    this.findings = findings;
  }

  /**
   * Checks the properties of a resource.
   *
   * @param line where a missing property is missing
   */
  void check(int line, Node.Fields properties, Shape.Structure shape) {
    structure("", line, properties, shape);
  }

  private void structure(String path, int line, Node.Fields fields, Shape.Structure shape) {
    fields
        .entries()
        .forEach(
            (key, field) -> {
              Shape.Property property = shape.properties().get(key);
              if (property == null) {
                unknown(path, field.line(), key, shape);
              } else {
                value(path + key, field.line(), field.value(), property.shape());
              }
            });
    shape
        .properties()
        .forEach(
            (key, property) -> {
              if (property.required()
                  && fields.get(key).isEmpty()
                  && !isMeant(key, fields, shape.properties())) {
                findings.add(line, where, path + key + " is missing", "add it");
              }
            });
  }

  /** Whether an unknown key beside it was probably meant to be this one, which is told there. */
  private static boolean isMeant(
      String missing, Node.Fields fields, Map<String, Shape.Property> known) {
    return fields.entries().keySet().stream()
        .filter(key -> !known.containsKey(key))
        .anyMatch(key -> NearestName.of(key, known.keySet()).filter(missing::equals).isPresent());
  }

  private void unknown(String path, int line, String key, Shape.Structure shape) {
    String owner = path.isEmpty() ? typeName : path.substring(0, path.length() - 1);
    String what = owner + " has no property " + key;
    findings.addUnknown(
        line, where, what, key, shape.properties().keySet(), "correct or remove it");
  }

  private void value(String path, int line, Node value, Shape shape) {
    if (value instanceof Node.Unresolved || value instanceof Node.Call) {
      return;
    }
    switch (shape) {
      case Shape.Json _ -> {}
      case Shape.Refused refused -> tellUnfollowed(line, path, refused.mend());
      case Shape.Only only -> {
        if (!(value instanceof Node.Scalar scalar && scalar.text().equals(only.value()))) {
          findings.add(
              line,
              where,
              path + " is " + value.form() + "; the local run follows " + only.value() + " only",
              only.mend());
        }
      }
      case Shape.Structure structure when value instanceof Node.Fields fields ->
          structure(path + ".", line, fields, structure);
      case Shape.MapOf map when value instanceof Node.Fields fields ->
          fields
              .entries()
              .forEach(
                  (key, field) ->
                      value(path + "." + key, field.line(), field.value(), map.value()));
      case Shape.ListOf list when value instanceof Node.Sequence sequence -> {
        for (int i = 0; i < sequence.items().size(); i++) {
          Node item = sequence.items().get(i);
          value(path + "[" + i + "]", item.line(), item, list.item());
        }
      }
      default -> scalar(path, line, value, shape);
    }
  }

  private void tellUnfollowed(int line, String path, String mend) {
    findings.add(line, where, "the local run cannot follow " + path, mend);
  }

  private void scalar(String path, int line, Node value, Shape shape) {
    boolean fits = value instanceof Node.Scalar scalar && fits(scalar.text(), shape);
    if (!fits && shape instanceof Shape.OneOf choice && value instanceof Node.Scalar scalar) {
      String what = path + " is \"" + scalar.text() + "\"";
      String mend = "one of " + choice.words();
      findings.addUnknown(line, where, what, scalar.text(), choice.words(), mend);
    } else if (!fits) {
      findings.add(line, where, path + " is " + value.form(), "write " + wanted(shape));
    }
  }

  private static boolean fits(String text, Shape shape) {
    return switch (shape) {
      case Shape.Text(int least, int most, String characters) ->
          text.length() >= least
              && text.length() <= most
              && (characters.isEmpty() || text.matches(characters + "*"));
      case Shape.OneOf choice -> choice.words().contains(text);
      case Shape.WholeNumber number ->
          text.matches("[+-]?[0-9]{1,18}")
              && number.ranges().stream().anyMatch(range -> range.has(Long.parseLong(text)));
      case Shape.Decimal _ -> isNumber(text);
      case Shape.Truth _ -> text.equals("true") || text.equals("false");
      default -> false;
    };
  }

  private static boolean isNumber(String text) {
    try {
      new BigDecimal(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String wanted(Shape shape) {
    return switch (shape) {
      case Shape.Text text -> wanted(text);
      case Shape.WholeNumber(List<Shape.Range> ranges) ->
          ranges.getFirst().least() == Long.MIN_VALUE
              ? "a whole number"
              : "a whole number: "
                  + String.join(" or ", ranges.stream().map(Shape.Range::toString).toList());
      case Shape.Decimal _ -> "a number";
      case Shape.Truth _ -> "true or false";
      case Shape.ListOf _ -> "a list";
      case Shape.MapOf _, Shape.Structure _ -> "a mapping";
      case Shape.OneOf choice -> "one of " + choice.words();
      case Shape.Only(String value, String _) -> value;
      case Shape.Json _, Shape.Refused _ -> "something else";
    };
  }

  private static String wanted(Shape.Text text) {
    String length =
        text.most() == Integer.MAX_VALUE
            ? ""
            : " of " + text.least() + " to " + text.most() + " characters";
    return "a string" + length + (text.characters().isEmpty() ? "" : " of " + text.characters());
  }
}
