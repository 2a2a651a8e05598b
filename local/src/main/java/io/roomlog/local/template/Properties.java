package io.roomlog.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The resolved properties of a resource whose shape was found right. */
record Properties(Node.Fields fields) {

  /** The line of a property, or of the resource's properties where it has no such one. */
  int line(String name) {
    return fields.lineOf(name);
  }

  boolean has(String name) {
    return fields.get(name).isPresent();
  }

  Optional<String> text(String name) {
    return fields
        .get(name)
        .filter(Node.Scalar.class::isInstance)
        .map(node -> ((Node.Scalar) node).text());
  }

  /** A property that the shape requires. */
  String required(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalStateException(name + " was checked to be there"));
  }

  int number(String name, int otherwise) {
    return text(name).map(Integer::valueOf).orElse(otherwise);
  }

  Duration seconds(String name, Duration otherwise) {
    return text(name).map(Long::valueOf).map(Duration::ofSeconds).orElse(otherwise);
  }

  boolean truth(String name) {
    return text(name).map(Boolean::valueOf).orElse(false);
  }

  /** A structure; empty where it is not there. */
  Properties under(String name) {
    return new Properties(
        fields.get(name).orElse(null) instanceof Node.Fields inner
            ? inner
            : Node.Fields.none(fields.lineOf(name)));
  }

  /** The items of a list; one value alone counts as a list of one. */
  List<Node> items(String name) {
    return switch (fields.get(name).orElse(null)) {
      case null -> List.of();
      case Node.Sequence list -> list.items();
      case Node one -> List.of(one);
    };
  }

  /** The structures in a list. */
  List<Properties> structures(String name) {
    List<Properties> all = new ArrayList<>();
    for (Node item : items(name)) {
      if (item instanceof Node.Fields inner) {
        all.add(new Properties(inner));
      }
    }
    return all;
  }

  /** The texts in a list. */
  List<String> texts(String name) {
    return items(name).stream()
        .filter(Node.Scalar.class::isInstance)
        .map(node -> ((Node.Scalar) node).text())
        .toList();
  }

  /** The texts of a mapping. */
  SequencedMap<String, String> textsByKey(String name) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    Properties inner = under(name);
    inner
        .fields()
        .entries()
        .keySet()
        .forEach(key -> inner.text(key).ifPresent(text -> texts.put(key, text)));
    return texts;
  }
}
