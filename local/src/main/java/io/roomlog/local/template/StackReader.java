package io.roomlog.local.template;

import java.util.SequencedMap;

/** Resolves the resources that are made, and checks the shape of each. */
final class StackReader {
  private final StackReferences references;
  private final Findings findings;

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
      }
    }
    return stack;
  }

  private void add(Stack stack, Resource resource, Identity identity) {
    int before = findings.count();
    Node.Fields properties =
        references.resolver(resource.logicalId()).fields(resource.properties());
    new ShapeCheck(resource.logicalId(), resource.type().name(), findings)
        .check(resource.line(), properties, resource.type().properties());
    if (findings.count() == before && properties.isResolved()) {
      stack.add(new Stack.Sound(resource, new Properties(properties), identity));
    } else {
      stack.addUnsound(identity);
    }
  }
}
