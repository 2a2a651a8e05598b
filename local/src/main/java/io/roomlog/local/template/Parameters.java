package io.roomlog.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters with the values they were given: all that conditions and rules see. */
final class Parameters implements References {
  static final String SECTION = "Parameters";

  /**
   * The most parameters of a template
   * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
   */
  static final int PARAMETERS_MAX = 200;

  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Findings findings;

  /**
   * Reads the section.
   *
   * @param given values by name; one that is not declared is told
   * @param otherwise values by name that count before the defaults; one that is not declared is not
   *     looked at
   */
  Parameters(
      Node.Fields section,
      Map<String, String> given,
      Map<String, String> otherwise,
      Findings findings) {
    this.findings = findings;
    ParameterReader reader = new ParameterReader(findings);
    if (section.entries().size() > PARAMETERS_MAX) {
      String what = section.entries().size() + " parameters; the limit is " + PARAMETERS_MAX;
      findings.add(section.line(), SECTION, what, "remove some");
    }
    section
        .entries()
        .forEach(
            (name, field) -> {
              String value = given.containsKey(name) ? given.get(name) : otherwise.get(name);
              values.put(name, reader.read(name, field, value));
            });
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        String what = "--parameter " + name + " is no parameter of this template";
        findings.addUnknown(
            section.line(), SECTION, what, name, names(), "declare it, or leave it out");
      }
    }
  }

  Set<String> names() {
    return values.keySet();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Override
  public Node ref(String where, int line, String name) {
    if (values.containsKey(name)) {
      return at(line, values.get(name));
    }
    if (name.equals(PseudoParameters.NO_VALUE)) {
      return new Node.Absent(line);
    }
    if (name.equals(PseudoParameters.NOTIFICATION_ARNS)) {
      return new Node.Sequence(line, List.of());
    }
    return PseudoParameters.value(name)
        .<Node>map(value -> new Node.Scalar(line, value))
        .orElseGet(
            () -> {
              String what = "there is no parameter " + name;
              findings.addUnknown(line, where, what, name, names(), "a condition sees parameters");
              return new Node.Unresolved(line);
            });
  }

  @Override
  public Node attribute(String where, int line, String logicalId, String attribute) {
    String what = "Fn::GetAtt has no meaning here: no resource is made yet";
    findings.add(line, where, what, "use parameters");
    return new Node.Unresolved(line);
  }

  /** A value stands where it is used: there its problems belong. */
  private static Node at(int line, Node value) {
    return switch (value) {
      case Node.Scalar scalar -> new Node.Scalar(line, scalar.text());
      case Node.Sequence list ->
          new Node.Sequence(line, list.items().stream().map(item -> at(line, item)).toList());
      default -> value;
    };
  }
}
