package io.roomlog.local.template;

import java.util.Set;

/**
 * The {@code Rules} section: what must hold between the parameters given
 * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html).
 */
final class Rules {
  static final String SECTION = "Rules";

  private static final Set<String> KEYS = Set.of("RuleCondition", "Assertions");
  private static final Set<String> ASSERTION_KEYS = Set.of("Assert", "AssertDescription");

  private final Logic logic;
  private final Findings findings;

  Rules(References parameters, Conditions conditions, Mappings mappings, Findings findings) {
    Resolver values = new Resolver(SECTION, parameters, conditions, mappings, findings);
    this.logic = new Logic(SECTION, values, conditions, findings);
    this.findings = findings;
  }

  void check(Node.Fields section) {
    section.entries().forEach(this::check);
  }

  private void check(String name, Node.Field field) {
    if (!(field.value() instanceof Node.Fields rule)
        || !(rule.get("Assertions").orElse(null) instanceof Node.Sequence assertions)) {
      findings.add(field.line(), SECTION, name + " has no Assertions", "add a list of them");
      return;
    }
    refuseUnknown(name, rule, KEYS);
    boolean applies = rule.get("RuleCondition").map(this::holds).orElse(true);
    for (Node assertion : assertions.items()) {
      check(name, assertion, applies);
    }
  }

  private void check(String name, Node node, boolean applies) {
    if (!(node instanceof Node.Fields assertion) || assertion.get("Assert").isEmpty()) {
      findings.add(node.line(), SECTION, name + " has an assertion without Assert", "add it");
      return;
    }
    refuseUnknown(name, assertion, ASSERTION_KEYS);
    int before = findings.count();
    boolean holds = assertion.get("Assert").map(this::holds).orElse(true);
    if (applies && !holds && findings.count() == before) {
      String why =
          assertion.get("AssertDescription").orElse(null) instanceof Node.Scalar text
              ? text.text()
              : "its assertion is false";
      findings.add(
          assertion.line(), SECTION, name + ": " + why, "give other values with --parameter");
    }
  }

  private boolean holds(Node node) {
    return logic.holds(node).orElse(false);
  }

  private void refuseUnknown(String name, Node.Fields fields, Set<String> known) {
    fields
        .entries()
        .forEach(
            (key, field) -> {
              if (!known.contains(key)) {
                String what = name + " has no attribute " + key;
                findings.addUnknown(
                    field.line(), SECTION, what, key, known, "correct or remove it");
              }
            });
  }
}
