package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** The resources that are made and whose properties were found right, by logical id. */
final class Stack {
  private final SequencedMap<String, Sound> resources = new LinkedHashMap<>();
  private final List<Unsound> unsound = new ArrayList<>();

  private record Unsound(Resource declared, Identity identity) {}

  /**
   * A resource of the stack.
   *
   * @param declared as the template has it
   * @param properties resolved
   * @param identity its names
   */
  record Sound(Resource declared, Properties properties, Identity identity) {
    String logicalId() {
      return declared.logicalId();
    }

    String arn() {
      return identity.attribute("Arn").orElseThrow();
    }

    /** The line of a property, or of the logical id where it has no such property. */
    int line(String property) {
      return properties.has(property) ? properties.line(property) : declared.line();
    }
  }

  void add(Sound resource) {
    resources.put(resource.logicalId(), resource);
  }

  /** Notes a resource whose own problems are told. */
  void addUnsound(Resource declared, Identity identity) {
    unsound.add(new Unsound(declared, identity));
  }

  /** Whether there is a resource of a type whose own problems are told. */
  boolean hasUnsound(String type) {
    return unsound.stream().anyMatch(each -> each.declared().type().is(type));
  }

  /** Whether a name, id or ARN is that of a resource whose own problems are told. */
  boolean isUnsound(String name) {
    return unsound.stream()
        .map(Unsound::identity)
        .anyMatch(
            each ->
                each.name().equals(name)
                    || each.ref().equals(name)
                    || each.attributes().containsValue(name));
  }

  List<Sound> ofType(String type) {
    return resources.values().stream().filter(each -> each.declared().type().is(type)).toList();
  }

  /** The one of a type for which something holds. */
  Optional<Sound> find(String type, Predicate<Sound> predicate) {
    return ofType(type).stream().filter(predicate).findFirst();
  }

  Collection<Sound> all() {
    return List.copyOf(resources.values());
  }
}
