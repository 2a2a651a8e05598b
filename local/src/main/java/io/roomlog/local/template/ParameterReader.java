package io.roomlog.local.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a parameter and checks its value
 * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html).
 */
final class ParameterReader {
  private static final Set<String> KEYS =
      Set.of(
          "Type",
          "Default",
          "AllowedValues",
          "AllowedPattern",
          "ConstraintDescription",
          "Description",
          "MaxLength",
          "MaxValue",
          "MinLength",
          "MinValue",
          "NoEcho");
  private static final List<String> TYPES =
      List.of("String", "Number", "CommaDelimitedList", "List<String>", "List<Number>");

  private final Findings findings;

  ParameterReader(Findings findings) {
    this.findings = findings;
  }

  /** The parameter's value: a scalar or a list of them, or unresolved once its problem is told. */
  Node read(String name, Node.Field field, @Nullable String given) {
    if (!(field.value() instanceof Node.Fields declaration)) {
      return refuse(field.line(), name, "is " + field.value().form(), "write Type and Default");
    }
    for (var entry : declaration.entries().entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        String what = name + " has no attribute " + entry.getKey();
        int line = entry.getValue().line();
        findings.addUnknown(
            line, Parameters.SECTION, what, entry.getKey(), KEYS, "correct or remove it");
      }
    }
    String type = text(declaration, "Type");
    if (type == null) {
      return refuse(field.line(), name, "has no Type", "add Type: String");
    }
    if (!TYPES.contains(type)) {
      String what = name + " has the type " + type + ", which is unknown or needs an account";
      int line = declaration.lineOf("Type");
      findings.addUnknown(line, Parameters.SECTION, what, type, TYPES, "one of " + TYPES);
      return new Node.Unresolved(line);
    }
    return value(name, field.line(), declaration, type, given);
  }

  private Node value(
      String name, int line, Node.Fields declaration, String type, @Nullable String given) {
    String value = given == null ? text(declaration, "Default") : given;
    if (value == null) {
      String mend = "give --parameter " + name + "=VALUE or a Default";
      return refuse(line, name, "has no value", mend);
    }
    int at = given == null ? declaration.lineOf("Default") : line;
    if (type.equals("String") || type.equals("Number")) {
      return checked(name, at, declaration, type, value);
    }
    List<Node> items = new ArrayList<>();
    String itemType = type.equals("List<Number>") ? "Number" : "String";
    for (String item : value.split(",", -1)) {
      items.add(checked(name, at, declaration, itemType, item.strip()));
    }
    return new Node.Sequence(at, items);
  }

  private Node checked(String name, int at, Node.Fields declaration, String type, String value) {
    String wrong = wrong(declaration, type, value);
    if (wrong == null) {
      return new Node.Scalar(at, value);
    }
    String described = text(declaration, "ConstraintDescription");
    String mend = described == null ? "give another --parameter " + name + "=VALUE" : described;
    return refuse(at, name, "is \"" + shown(declaration, value) + "\": " + wrong, mend);
  }

  /** A NoEcho value is a secret also when it is wrong. */
  private @Nullable String shown(Node.Fields declaration, String value) {
    return "true".equals(text(declaration, "NoEcho")) ? "****" : value;
  }

  private @Nullable String wrong(Node.Fields declaration, String type, String value) {
    if (declaration.get("AllowedValues").orElse(null) instanceof Node.Sequence allowed) {
      List<String> words = allowed.items().stream().map(ParameterReader::word).toList();
      if (!words.contains(value)) {
        return "the allowed values are " + words;
      }
    }
    String pattern = text(declaration, "AllowedPattern");
    if (pattern != null) {
      String mismatch = mismatch(pattern, value);
      if (mismatch != null) {
        return mismatch;
      }
    }
    return type.equals("Number")
        ? wrongNumber(declaration, value)
        : wrongLength(declaration, value);
  }

  private static @Nullable String mismatch(String pattern, String value) {
    try {
      return Pattern.matches(pattern, value) ? null : "the allowed pattern is " + pattern;
    } catch (PatternSyntaxException e) {
      return "the AllowedPattern " + pattern + " is no regular expression: " + e.getDescription();
    }
  }

  private static @Nullable String wrongNumber(Node.Fields declaration, String value) {
    BigDecimal number = number(value);
    if (number == null) {
      return "it is no number";
    }
    BigDecimal least = number(text(declaration, "MinValue"));
    BigDecimal most = number(text(declaration, "MaxValue"));
    if (least != null && number.compareTo(least) < 0) {
      return "the least is " + least;
    }
    return most != null && number.compareTo(most) > 0 ? "the most is " + most : null;
  }

  private static @Nullable String wrongLength(Node.Fields declaration, String value) {
    BigDecimal length = BigDecimal.valueOf(value.length());
    BigDecimal least = number(text(declaration, "MinLength"));
    BigDecimal most = number(text(declaration, "MaxLength"));
    if (least != null && length.compareTo(least) < 0) {
      return "it has " + length + " characters, the least is " + least;
    }
    return most != null && length.compareTo(most) > 0
        ? "it has " + length + " characters, the most is " + most
        : null;
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    try {
      return text == null ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable String text(Node.Fields declaration, String key) {
    return declaration.get(key).orElse(null) instanceof Node.Scalar scalar ? scalar.text() : null;
  }

  private static String word(Node node) {
    return node instanceof Node.Scalar scalar ? scalar.text() : node.form();
  }

  private Node refuse(int line, String name, String what, String mend) {
    findings.add(line, Parameters.SECTION, name + " " + what, mend);
    return new Node.Unresolved(line);
  }
}
