package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The {@code Conditions} section. A condition sees parameters and mappings, no resources. */
final class Conditions {
  static final String SECTION = "Conditions";

  private final Node.Fields section;
  private final Logic logic;
  private final Findings findings;
  private final Map<String, Optional<Boolean>> known = new HashMap<>();
  private final SequencedSet<String> underWay = new LinkedHashSet<>();

  Conditions(Node.Fields section, References parameters, Mappings mappings, Findings findings) {
    this.section = section;
    this.findings = findings;
    Resolver values = new Resolver(SECTION, parameters, this, mappings, findings);
    this.logic = new Logic(SECTION, values, this, findings);
  }

  /** Evaluates each, so that what is wrong is told even where nobody asks. */
  void check() {
    section.entries().forEach((name, field) -> holds(SECTION, field.line(), name));
  }

  /** Whether a condition holds; nothing where that cannot be said (which is told). */
  Optional<Boolean> holds(String where, int line, String name) {
    @Nullable Node body = section.get(name).orElse(null);
    if (body == null) {
      String what = "there is no condition " + name;
      String mend = "define it under Conditions";
      findings.addUnknown(line, where, what, name, section.entries().keySet(), mend);
      return Optional.empty();
    }
    if (!underWay.add(name)) {
      List<String> circle = new ArrayList<>(underWay);
      String what = "the conditions " + circle + " depend on one another in a circle";
      findings.add(section.lineOf(name), SECTION, what, "break the circle");
      return Optional.empty();
    }
    try {
      return evaluated(name, body);
    } finally {
      underWay.remove(name);
    }
  }

  private Optional<Boolean> evaluated(String name, Node body) {
    if (!known.containsKey(name)) {
      Optional<Boolean> holds = logic.holds(body);
      known.put(name, holds);
    }
    return known.getOrDefault(name, Optional.empty());
  }
}
