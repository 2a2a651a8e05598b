package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The {@code Globals} section of SAM: what every function has unless it says otherwise
 * (docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html).
 */
final class Globals {
  static final String SECTION = "Globals";

  private static final String FUNCTION_KEY = "Function";

  /** What a function says for itself only. */
  private static final Set<String> NOT_GLOBAL =
      Set.of(
          "AutoPublishCodeSha256",
          "Events",
          "FunctionName",
          "ImageConfig",
          "ImageUri",
          "InlineCode",
          "PackageType",
          "Policies",
          "Role",
          "VersionDescription");

  private final Node.Fields function;

  Globals(Node.Fields section, Findings findings) {
    section
        .entries()
        .forEach(
            (key, field) -> {
              if (!key.equals(FUNCTION_KEY)) {
                String what = SECTION + " of " + key + " have no meaning here";
                findings.addUnknown(
                    field.line(), SECTION, what, key, Set.of(FUNCTION_KEY), "remove them");
              }
            });
    this.function =
        section.get(FUNCTION_KEY).orElse(null) instanceof Node.Fields fields
            ? fields
            : Node.Fields.none(section.line());
    function
        .entries()
        .forEach(
            (key, field) -> {
              if (NOT_GLOBAL.contains(key)) {
                String what = key + " may not be global";
                findings.add(field.line(), SECTION, what, "write it in each function");
              }
            });
  }

  /** The properties of a function with the global ones merged in. */
  Node.Fields merge(Node.Fields properties) {
    return (Node.Fields) merge(function, properties);
  }

  /** Mappings are merged, lists appended, and of all else the function's own counts. */
  private static Node merge(Node global, Node own) {
    if (global instanceof Node.Sequence first && own instanceof Node.Sequence second) {
      List<Node> items = new ArrayList<>(first.items());
      items.addAll(second.items());
      return new Node.Sequence(own.line(), items);
    }
    if (global instanceof Node.Fields first && own instanceof Node.Fields second) {
      SequencedMap<String, Node.Field> entries = new LinkedHashMap<>(first.entries());
      second.entries().forEach((key, field) -> entries.merge(key, field, Globals::merge));
      return new Node.Fields(own.line(), entries);
    }
    return own;
  }

  private static Node.Field merge(Node.Field global, Node.Field own) {
    return new Node.Field(own.line(), merge(global.value(), own.value()));
  }
}
