package io.roomlog.tests.alarms;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A template as it is written, with its intrinsic functions as tags: for what is not asked of it by
 * the local run, which reads all of it and means it.
 */
public final class TemplateYaml {

  private TemplateYaml() {}

  /** The properties of each resource of a type, in the template's order, by logical id. */
  public static Map<String, Map<String, Node>> ofType(Path template, String type) {
    Map<String, Map<String, Node>> found = new LinkedHashMap<>();
    fields(field(read(template), "Resources"))
        .forEach(
            (name, resource) -> {
              if (text(field(resource, "Type")).equals(type)) {
                found.put(name, fields(field(resource, "Properties")));
              }
            });
    return found;
  }

  private static Node read(Path template) {
    try (Reader reader = Files.newBufferedReader(template)) {
      return new Yaml().compose(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of a map; none if it is something else. */
  public static Map<String, Node> fields(@Nullable Node node) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        fields.put(text(tuple.getKeyNode()), tuple.getValueNode());
      }
    }
    return fields;
  }

  /**
   * One of a map's.
   *
   * @throws IllegalArgumentException with the line, if it is not there
   */
  public static Node field(Node node, String name) {
    Node field = fields(node).get(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "no %s in line %d".formatted(name, node.getStartMark().getLine() + 1));
    }
    return field;
  }

  /** Those of a list; none if it is something else. */
  public static List<Node> items(@Nullable Node node) {
    return node instanceof SequenceNode list ? List.copyOf(list.getValue()) : List.of();
  }

  /** What is written; empty if it is a map, a list or nothing. */
  public static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
