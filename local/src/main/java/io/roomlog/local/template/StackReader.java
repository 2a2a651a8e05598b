package io.roomlog.local.template;

import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Resolves the resources that are made, and checks the shape of each. */
final class StackReader {
  private final StackReferences references;
  private final Findings findings;
  private final Set<List<String>> names = new HashSet<>();

  StackReader(StackReferences references, Findings findings) {
    this.references = references;
    this.findings = findings;
  }

  Stack read(SequencedMap<String, Resource> resources) {
    Stack stack = new Stack();
    for (Resource resource : resources.values()) {
      if (references.isMade(resource)) {
        references
            .identity(resource.logicalId())
            .ifPresent(identity -> add(stack, resource, identity));
      } else {
        check(resource, resource.properties());
      }
    }
    return stack;
  }

  private void add(Stack stack, Resource resource, Identity identity) {
    int before = findings.count();
    refuseSecond(resource, identity);
    Node.Fields properties =
        references.resolver(resource.logicalId()).fields(resource.properties());
    check(resource, properties);
    if (findings.count() == before && properties.isResolved()) {
      stack.add(new Stack.Sound(resource, new Properties(properties), identity));
    } else {
      stack.addUnsound(resource, identity);
    }
  }

  private void refuseSecond(Resource resource, Identity identity) {
    ResourceType.Naming naming = resource.type().naming();
    if (naming != null && !names.add(List.of(resource.type().name(), identity.name()))) {
      String what = "a second " + resource.type().name() + " named " + identity.name();
      findings.add(
          resource.properties().lineOf(naming.property()),
          resource.logicalId(),
          what,
          "leave out " + naming.property() + ": CloudFormation makes up names that differ");
    }
  }

  /** What is not made is checked too, as far as it is written without functions. */
  private void check(Resource resource, Node.Fields properties) {
    new ShapeCheck(resource.logicalId(), resource.type().name(), findings)
        .check(resource.line(), properties, resource.type().properties());
  }
}
