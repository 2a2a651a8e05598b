package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Resources} section into declared resources. */
final class ResourceSection {
  static final String SECTION = "Resources";

  /**
   * The most resources of a template
   * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
   */
  static final int RESOURCES_MAX = 500;

  /** The longest logical id, in characters. */
  static final int LOGICAL_ID_MAX = 255;

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "UpdatePolicy",
          "CreationPolicy",
          "Metadata");

  private static final Set<String> POLICIES =
      Set.of("Delete", "Retain", "RetainExceptOnCreate", "Snapshot");

  private final Globals globals;
  private final Findings findings;

  ResourceSection(Globals globals, Findings findings) {
    this.globals = globals;
    this.findings = findings;
  }

  SequencedMap<String, Resource> read(Node.Fields section) {
    if (section.entries().size() > RESOURCES_MAX) {
      String what = section.entries().size() + " resources; the limit is " + RESOURCES_MAX;
      findings.add(section.line(), SECTION, what, "split the template");
    }
    SequencedMap<String, Resource> resources = new LinkedHashMap<>();
    section
        .entries()
        .forEach((id, field) -> resource(id, field).ifPresent(each -> resources.put(id, each)));
    return resources;
  }

  private Optional<Resource> resource(String id, Node.Field field) {
    if (!id.matches("[A-Za-z0-9]{1," + LOGICAL_ID_MAX + "}")) {
      String what = "a logical id is 1-" + LOGICAL_ID_MAX + " letters and digits";
      findings.add(field.line(), id, what, "rename it");
    }
    if (!(field.value() instanceof Node.Fields body)) {
      String what = "is " + field.value().form() + ", no resource";
      findings.add(field.line(), id, what, "write Type and Properties");
      return Optional.empty();
    }
    checkAttributes(id, body);
    if (!(body.get("Type").orElse(null) instanceof Node.Scalar typeName)) {
      findings.add(field.line(), id, "Type is missing", "add Type: AWS::…");
      return Optional.empty();
    }
    Optional<ResourceType> type = Vocabulary.known().type(typeName.text());
    if (type.isEmpty()) {
      tellUnknownType(id, typeName);
    }
    return type.map(known -> resource(id, field.line(), known, body));
  }

  private void tellUnknownType(String id, Node.Scalar type) {
    findings.addUnknown(
        type.line(),
        id,
        "the resource type " + type.text() + " is not known here",
        type.text(),
        Vocabulary.known().names(),
        "correct it, or describe it among the resource types of the local run");
  }

  private Resource resource(String id, int line, ResourceType type, Node.Fields body) {
    Node.Fields own = properties(id, body);
    Node.Fields properties = type.is(ResourceType.FUNCTION) ? globals.merge(own) : own;
    return new Resource(id, line, type, properties, dependsOn(id, body), condition(id, body));
  }

  private Node.Fields properties(String id, Node.Fields body) {
    return switch (body.get("Properties").orElse(null)) {
      case null -> Node.Fields.none(body.line());
      case Node.Fields fields -> fields;
      case Node.Unresolved unresolved -> Node.Fields.none(unresolved.line());
      case Node other -> {
        String what = "Properties is " + other.form() + ", not a mapping";
        findings.add(other.line(), id, what, "write Properties as a mapping");
        yield Node.Fields.none(other.line());
      }
    };
  }

  private List<Node.Scalar> dependsOn(String id, Node.Fields body) {
    return switch (body.get("DependsOn").orElse(null)) {
      case null -> List.of();
      case Node.Scalar one -> List.of(one);
      case Node.Sequence list -> names(id, list);
      case Node other -> {
        tellDependsOn(id, other);
        yield List.of();
      }
    };
  }

  private List<Node.Scalar> names(String id, Node.Sequence list) {
    List<Node.Scalar> names = new ArrayList<>();
    for (Node item : list.items()) {
      if (item instanceof Node.Scalar name) {
        names.add(name);
      } else {
        tellDependsOn(id, item);
      }
    }
    return names;
  }

  private void tellDependsOn(String id, Node node) {
    String what = "DependsOn holds " + node.form();
    findings.add(node.line(), id, what, "name one logical id or a list of them");
  }

  private Node.@Nullable Scalar condition(String id, Node.Fields body) {
    Node condition = body.get("Condition").orElse(null);
    if (condition instanceof Node.Scalar name) {
      return name;
    }
    if (condition != null) {
      String what = "Condition is " + condition.form();
      findings.add(condition.line(), id, what, "name a condition");
    }
    return null;
  }

  private void checkAttributes(String id, Node.Fields body) {
    body.entries()
        .forEach(
            (key, field) -> {
              if (!ATTRIBUTES.contains(key)) {
                String what = "a resource has no attribute " + key;
                String mend = "a property belongs under Properties";
                findings.addUnknown(field.line(), id, what, key, ATTRIBUTES, mend);
              }
              if ((key.equals("DeletionPolicy") || key.equals("UpdateReplacePolicy"))
                  && field.value() instanceof Node.Scalar policy
                  && !POLICIES.contains(policy.text())) {
                String what = key + " is \"" + policy.text() + "\"";
                findings.addUnknown(
                    field.line(), id, what, policy.text(), POLICIES, "one of " + POLICIES);
              }
            });
  }
}
