package io.roomlog.local.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What resources refer to: parameters, pseudo parameters and one another.
 *
 * <p>Names that exist nowhere are told by {@link ReferenceCheck}, which sees also what no condition
 * reaches; here only what is not made under the parameters given is told.
 */
final class StackReferences implements References {
  private final Parameters parameters;
  private final Conditions conditions;
  private final Mappings mappings;
  private final SequencedMap<String, Resource> resources;
  private final Findings findings;
  private final Map<String, Optional<Identity>> identities = new HashMap<>();

  StackReferences(
      Parameters parameters,
      Conditions conditions,
      Mappings mappings,
      SequencedMap<String, Resource> resources,
      Findings findings) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.mappings = mappings;
    this.resources = resources;
    this.findings = findings;
  }

  /** What resolves the values of a resource or section. */
  Resolver resolver(String where) {
    return new Resolver(where, this, conditions, mappings, findings);
  }

  /** Whether a resource is made under the parameters given. */
  boolean isMade(Resource resource) {
    Node.Scalar condition = resource.condition();
    return condition == null
        || conditions.holds(resource.logicalId(), condition.line(), condition.text()).orElse(false);
  }

  Set<String> parameterNames() {
    return parameters.names();
  }

  @Override
  public Node ref(String where, int line, String name) {
    if (parameters.has(name) || PseudoParameters.isOne(name)) {
      return parameters.ref(where, line, name);
    }
    int dot = name.indexOf('.');
    if (dot > 0) {
      return attribute(where, line, name.substring(0, dot), name.substring(dot + 1));
    }
    return value(where, line, name, identity -> Optional.of(identity.ref()));
  }

  @Override
  public Node attribute(String where, int line, String logicalId, String attribute) {
    return value(where, line, logicalId, identity -> identity.attribute(attribute));
  }

  private interface Choice {
    Optional<String> of(Identity identity);
  }

  private Node value(String where, int line, String id, Choice choice) {
    Resource resource = resources.get(id);
    if (resource != null && resource.condition() != null && !isMade(resource)) {
      String condition = resource.condition().text();
      String what = id + " is not made, since its condition " + condition + " is false";
      findings.add(line, where, what, "choose with !If, or make both under one condition");
      return new Node.Unresolved(line);
    }
    return identity(id)
        .flatMap(choice::of)
        .<Node>map(text -> new Node.Scalar(line, text))
        .orElseGet(() -> new Node.Unresolved(line));
  }

  /** The names of a resource; nothing where its own name cannot be resolved. */
  Optional<Identity> identity(String id) {
    if (!identities.containsKey(id)) {
      identities.put(id, generated(id).or(() -> declared(id)));
    }
    return identities.get(id);
  }

  private Optional<Identity> declared(String id) {
    Resource resource = resources.get(id);
    return resource == null
        ? Optional.empty()
        : Identity.of(resource, named(resource, nameProperty(resource)), texts(resource));
  }

  private static String nameProperty(Resource resource) {
    ResourceType.Naming naming = resource.type().naming();
    return naming == null ? "" : naming.property();
  }

  /** The properties that names are made of; the others may refer to this resource's own name. */
  private Map<String, String> texts(Resource resource) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String property : Set.of("FifoQueue", "AutoPublishAlias")) {
      if (named(resource, property) instanceof Node.Scalar text) {
        texts.put(property, text.text());
      }
    }
    return texts;
  }

  private Node named(Resource resource, String property) {
    return resource
        .properties()
        .get(property)
        .map(value -> resolver(resource.logicalId()).resolve(value))
        .orElseGet(() -> new Node.Absent(resource.line()));
  }

  /** The role that SAM makes beside each function that names none. */
  private Optional<Identity> generated(String id) {
    return SamRole.functionOf(id, resources).map(_ -> SamRole.identity(id));
  }
}
