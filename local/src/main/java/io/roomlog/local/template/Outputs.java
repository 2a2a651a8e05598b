package io.roomlog.local.template;

import java.util.Set;

/** Checks the {@code Outputs} section; nothing on one machine reads it. */
final class Outputs {
  static final String SECTION = "Outputs";

  /**
   * The most outputs of a template
   * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
   */
  static final int OUTPUTS_MAX = 200;

  private static final Set<String> KEYS = Set.of("Description", "Value", "Export", "Condition");

  private final StackReferences references;
  private final Conditions conditions;
  private final Findings findings;

  Outputs(StackReferences references, Conditions conditions, Findings findings) {
    this.references = references;
    this.conditions = conditions;
    this.findings = findings;
  }

  void check(Node.Fields section) {
    if (section.entries().size() > OUTPUTS_MAX) {
      String what = section.entries().size() + " outputs; the limit is " + OUTPUTS_MAX;
      findings.add(section.line(), SECTION, what, "remove some");
    }
    section.entries().forEach(this::check);
  }

  private void check(String name, Node.Field field) {
    if (!(field.value() instanceof Node.Fields output)) {
      tell(field.line(), name + " is " + field.value().form(), "write Value and Description");
      return;
    }
    output
        .entries()
        .forEach(
            (key, each) -> {
              if (!KEYS.contains(key)) {
                String what = name + " has no attribute " + key;
                findings.addUnknown(each.line(), SECTION, what, key, KEYS, "correct or remove it");
              }
            });
    if (output.get("Value").isEmpty()) {
      tell(field.line(), name + " has no Value", "add Value");
    }
    if (isMade(output)) {
      resolve(name, output);
    }
  }

  private boolean isMade(Node.Fields output) {
    return !(output.get("Condition").orElse(null) instanceof Node.Scalar condition)
        || conditions.holds(SECTION, condition.line(), condition.text()).orElse(false);
  }

  private void resolve(String name, Node.Fields output) {
    Node value = references.resolver(SECTION).fields(output).get("Value").orElse(null);
    if (value instanceof Node.Sequence || value instanceof Node.Fields) {
      tell(value.line(), name + " is " + value.form(), "make it a string, e.g. with !Join");
    }
  }

  private void tell(int line, String what, String mend) {
    findings.add(line, SECTION, what, mend);
  }
}
