package io.roomlog.local.template;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/** Finds a circle among dependencies. */
final class Circles {
  private final Map<String, SequencedSet<String>> dependencies;
  private final Set<String> done = new HashSet<>();

  Circles(Map<String, SequencedSet<String>> dependencies) {
    this.dependencies = dependencies;
  }

  /** The members of the first circle in their order, if there is one. */
  Optional<List<String>> first() {
    for (String name : dependencies.keySet()) {
      Optional<List<String>> circle = from(name, new LinkedHashSet<>());
      if (circle.isPresent()) {
        return circle;
      }
    }
    return Optional.empty();
  }

  /** Recursion is as deep as the longest chain: {@link ResourceSection#RESOURCES_MAX} at most. */
  private Optional<List<String>> from(String name, SequencedSet<String> way) {
    if (way.contains(name)) {
      List<String> all = List.copyOf(way);
      return Optional.of(all.subList(all.indexOf(name), all.size()));
    }
    if (done.contains(name)) {
      return Optional.empty();
    }
    way.addLast(name);
    for (String next : dependencies.getOrDefault(name, new LinkedHashSet<>())) {
      Optional<List<String>> circle = from(next, way);
      if (circle.isPresent()) {
        return circle;
      }
    }
    way.removeLast();
    done.add(name);
    return Optional.empty();
  }
}
