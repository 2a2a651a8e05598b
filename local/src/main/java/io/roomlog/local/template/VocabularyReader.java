package io.roomlog.local.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads a list of resource types. The file's head says how it is written; a mistake in it is a bug
 * of this program and ends it.
 */
final class VocabularyReader {
  private static final String REFUSED = "refused: ";
  private static final String ONLY = "only ";
  private static final String SHARED = "Shared";

  private final String file;
  private final boolean hasEffect;
  private final Map<String, Shape> shared = new LinkedHashMap<>();

  VocabularyReader(String file, boolean hasEffect) {
    this.file = file;
    this.hasEffect = hasEffect;
  }

  Map<String, ResourceType> read() {
    Map<String, ResourceType> types = new LinkedHashMap<>();
    fields(root())
        .forEach(
            (name, field) -> {
              if (name.equals(SHARED)) {
                fields(field.value()).forEach((key, each) -> shared.put(key, shape(each.value())));
              } else if (field.value() instanceof Node.Fields type) {
                types.put(name, type(name, type));
              } else {
                throw mistake(field.value());
              }
            });
    return types;
  }

  private Node root() {
    Findings findings = new Findings(Path.of(file));
    Node root = new YamlReader(findings).compose(text());
    findings.throwIfAny();
    if (root == null) {
      throw new IllegalStateException(file + " is empty");
    }
    return root;
  }

  private String text() {
    try (InputStream in = VocabularyReader.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no " + file + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ResourceType type(String name, Node.Fields node) {
    Map<String, String> attributes = new LinkedHashMap<>();
    node.get("Attributes")
        .ifPresent(
            all -> fields(all).forEach((key, field) -> attributes.put(key, scalar(field.value()))));
    return new ResourceType(
        name,
        hasEffect,
        node.get("Name").map(this::naming).orElse(null),
        scalar(required(node, "Ref")),
        attributes,
        (Shape.Structure) shape(required(node, "Properties")));
  }

  private ResourceType.Naming naming(Node node) {
    String[] words = scalar(node).split(" ", -1);
    return new ResourceType.Naming(words[0], Integer.parseInt(words[1]));
  }

  private Node required(Node.Fields node, String key) {
    return node.get(key).orElseThrow(() -> mistake(node));
  }

  private Shape shape(Node node) {
    return switch (node) {
      case Node.Sequence list -> new Shape.ListOf(shape(list.items().getFirst()));
      case Node.Fields map when map.entries().containsKey("*") ->
          new Shape.MapOf(shape(map.entries().get("*").value()));
      case Node.Fields map -> structure(map);
      case Node.Scalar word -> word(word.text());
      default -> throw mistake(node);
    };
  }

  private Shape structure(Node.Fields map) {
    SequencedMap<String, Shape.Property> properties = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (key, field) -> {
              boolean required = key.endsWith("!");
              String name = required ? key.substring(0, key.length() - 1) : key;
              properties.put(name, new Shape.Property(required, shape(field.value())));
            });
    return new Shape.Structure(properties);
  }

  private Shape word(String text) {
    if (text.startsWith(REFUSED)) {
      return new Shape.Refused(text.substring(REFUSED.length()));
    }
    if (text.startsWith(ONLY)) {
      String[] valueAndMend = text.substring(ONLY.length()).split(": ", 2);
      return new Shape.Only(valueAndMend[0], valueAndMend[1]);
    }
    Shape known = shared.get(text);
    return known == null ? plain(text) : known;
  }

  private Shape plain(String text) {
    List<String> words = List.of(text.split(" ", -1));
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "string" -> string(rest);
      case "one-of" -> new Shape.OneOf(rest);
      case "integer" -> new Shape.WholeNumber(ranges(rest));
      case "number" -> new Shape.Decimal();
      case "boolean" -> new Shape.Truth();
      case "json" -> new Shape.Json();
      default -> throw new IllegalStateException(file + ": no shape is called " + text);
    };
  }

  private static Shape string(List<String> words) {
    if (words.isEmpty()) {
      return new Shape.Text(0, Integer.MAX_VALUE, "");
    }
    Shape.Range length = range(words.getFirst());
    return new Shape.Text(
        (int) length.least(), (int) length.most(), words.size() > 1 ? words.getLast() : "");
  }

  private static List<Shape.Range> ranges(List<String> words) {
    return words.isEmpty()
        ? List.of(new Shape.Range(Long.MIN_VALUE, Long.MAX_VALUE))
        : words.stream().map(VocabularyReader::range).toList();
  }

  private static Shape.Range range(String word) {
    String[] bounds = word.split("\\.\\.", -1);
    long least = Long.parseLong(bounds[0]);
    return new Shape.Range(least, bounds.length > 1 ? Long.parseLong(bounds[1]) : least);
  }

  private SequencedMap<String, Node.Field> fields(Node node) {
    if (node instanceof Node.Fields fields) {
      return fields.entries();
    }
    throw mistake(node);
  }

  private String scalar(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    throw mistake(node);
  }

  private IllegalStateException mistake(Node node) {
    return new IllegalStateException(file + ":" + node.line() + ": not expected: " + node.form());
  }
}
