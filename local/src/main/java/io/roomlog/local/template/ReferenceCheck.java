package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Finds references to nothing, in all that is written, reached or not, as CloudFormation does
 * before it makes anything; and resources that need one another in a circle.
 */
final class ReferenceCheck {
  private static final Set<String> OF_ALIAS = Set.of("Alias", "Version");

  private final Set<String> parameters;
  private final SequencedMap<String, Resource> resources;
  private final Findings findings;

  ReferenceCheck(
      Set<String> parameters, SequencedMap<String, Resource> resources, Findings findings) {
    this.parameters = parameters;
    this.resources = resources;
    this.findings = findings;
  }

  /** Checks every resource; what it depends on is returned, by logical id. */
  Map<String, SequencedSet<String>> check() {
    Map<String, SequencedSet<String>> dependencies = new LinkedHashMap<>();
    for (Resource resource : resources.values()) {
      SequencedSet<String> needed = new LinkedHashSet<>();
      SequencedSet<String> neededByRole = new LinkedHashSet<>();
      resource
          .properties()
          .entries()
          .forEach(
              (key, field) ->
                  walk(
                      resource.logicalId(),
                      field.value(),
                      key.equals(SamRole.POLICIES) ? neededByRole : needed));
      if (resource.type().is(ResourceType.FUNCTION)) {
        dependencies.put(SamRole.of(resource), neededByRole);
        needed.add(SamRole.of(resource));
      }
      for (Node.Scalar name : resource.dependsOn()) {
        resource(resource.logicalId(), name.line(), name.text(), needed);
      }
      dependencies.put(resource.logicalId(), needed);
    }
    return dependencies;
  }

  /** Tells the resources that need one another in a circle: in one, nothing can be resolved. */
  boolean findsCircle(Map<String, SequencedSet<String>> dependencies) {
    List<String> circle = new Circles(dependencies).first().orElse(List.of());
    for (String first : circle.stream().limit(1).toList()) {
      int line =
          Optional.ofNullable(resources.get(first))
              .or(() -> SamRole.functionOf(first, resources))
              .map(Resource::line)
              .orElse(1);
      String what = "the resources " + circle + " depend on one another in a circle";
      findings.add(line, first, what, "break the circle");
    }
    return !circle.isEmpty();
  }

  /** Checks a section, e.g. the outputs. */
  void check(String where, Node node) {
    walk(where, node, new LinkedHashSet<>());
  }

  private void walk(String where, Node node, SequencedSet<String> needed) {
    switch (node) {
      case Node.Scalar _, Node.Absent _, Node.Unresolved _ -> {}
      case Node.Sequence list -> list.items().forEach(item -> walk(where, item, needed));
      case Node.Fields fields ->
          fields.entries().values().forEach(field -> walk(where, field.value(), needed));
      case Node.Call call -> call(where, call, needed);
    }
  }

  private void call(String where, Node.Call call, SequencedSet<String> needed) {
    switch (call.function()) {
      case REF -> {
        if (call.argument() instanceof Node.Scalar name) {
          name(where, call.line(), name.text(), needed);
        }
      }
      case GET_ATT -> attribute(where, call, needed);
      case SUB -> sub(where, call, needed);
      default -> walk(where, call.argument(), needed);
    }
  }

  private void sub(String where, Node.Call call, SequencedSet<String> needed) {
    Set<String> own = Set.of();
    Node text = call.argument();
    if (text instanceof Node.Sequence pair && pair.items().size() == 2) {
      own = pair.items().getLast().fieldsOrNone().keySet();
      walk(where, pair.items().getLast(), needed);
      text = pair.items().getFirst();
    }
    if (text instanceof Node.Scalar scalar) {
      for (String name : Substitution.variables(scalar.text())) {
        if (!own.contains(name)) {
          name(where, call.line(), name, needed);
        }
      }
    }
  }

  private void name(String where, int line, String name, SequencedSet<String> needed) {
    int dot = name.indexOf('.');
    if (dot > 0) {
      attribute(where, line, name.substring(0, dot), name.substring(dot + 1), needed);
    } else if (!parameters.contains(name) && !PseudoParameters.isOne(name)) {
      resource(where, line, name, needed);
    }
  }

  private void attribute(String where, Node.Call call, SequencedSet<String> needed) {
    if (call.argument() instanceof Node.Sequence pair
        && pair.items().size() == 2
        && pair.items().getFirst() instanceof Node.Scalar id) {
      if (pair.items().getLast() instanceof Node.Scalar attribute) {
        attribute(where, call.line(), id.text(), attribute.text(), needed);
      } else {
        resource(where, call.line(), id.text(), needed);
        walk(where, pair.items().getLast(), needed);
      }
    }
  }

  private void attribute(
      String where, int line, String id, String attribute, SequencedSet<String> needed) {
    Resource resource = resources.get(id);
    if (resource == null) {
      resource(where, line, id, needed);
      return;
    }
    needed.add(id);
    Collection<String> known = attributes(resource);
    if (attribute.equals(Identity.STREAM_ARN) && !Identity.hasStream(resource)) {
      String what = id + " has no stream, hence no " + attribute;
      String mend = "add StreamSpecification: {StreamViewType: NEW_IMAGE} to " + id;
      findings.add(line, where, what, mend);
    } else if (!known.contains(attribute)) {
      String what = resource.type().name() + " has no attribute " + attribute;
      String mend = known.isEmpty() ? "it has none" : "its attributes are " + sorted(known);
      findings.addUnknown(line, where, what, attribute, known, mend);
    }
  }

  private static Collection<String> attributes(Resource resource) {
    List<String> known = new ArrayList<>(resource.type().attributes().keySet());
    if (resource.properties().get("AutoPublishAlias").isPresent()) {
      known.addAll(OF_ALIAS);
    }
    return known;
  }

  private static List<String> sorted(Collection<String> names) {
    return names.stream().sorted().toList();
  }

  private void resource(String where, int line, String name, SequencedSet<String> needed) {
    if (resources.containsKey(name)) {
      needed.add(name);
      return;
    }
    if (SamRole.functionOf(name, resources).isPresent()) {
      needed.add(name);
    } else {
      tellUnknown(where, line, name);
    }
  }

  private void tellUnknown(String where, int line, String name) {
    List<String> known = new ArrayList<>(resources.keySet());
    known.addAll(parameters);
    String what = "there is no resource or parameter " + name;
    findings.addUnknown(line, where, what, name, known, "declare it, or correct the name");
  }
}
