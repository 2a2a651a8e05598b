package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML's nodes into ours: lines are kept, tags and long forms become calls. */
final class YamlNodes {
  private static final String SECTION = Findings.ANYWHERE;

  private final Findings findings;

  YamlNodes(Findings findings) {
    this.findings = findings;
  }

  Node node(org.yaml.snakeyaml.nodes.Node yaml) {
    String tag = yaml.getTag().getValue();
    return tag.startsWith("!") ? call(yaml, tag.substring(1)) : plain(yaml);
  }

  private Node plain(org.yaml.snakeyaml.nodes.Node yaml) {
    return switch (yaml) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> sequence(sequence);
      case MappingNode mapping -> mapping(mapping);
      default -> throw new IllegalStateException("composed: " + yaml.getNodeId());
    };
  }

  private Node scalar(ScalarNode scalar) {
    int line = line(scalar);
    if (scalar.getTag().equals(Tag.NULL)) {
      findings.add(line, SECTION, "an empty value", "give it a value or remove its key");
      return new Node.Unresolved(line);
    }
    return new Node.Scalar(
        line, scalar.getTag().equals(Tag.BOOL) ? truth(scalar.getValue()) : scalar.getValue());
  }

  /** YAML 1.1 knows six words for a boolean; a property sees one of two. */
  private static String truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "on", "true" -> "true";
      default -> "false";
    };
  }

  private Node sequence(SequenceNode sequence) {
    List<Node> items = new ArrayList<>();
    for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
      items.add(node(item));
    }
    return new Node.Sequence(line(sequence), items);
  }

  private Node mapping(MappingNode mapping) {
    SequencedMap<String, Node.Field> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = line(tuple.getKeyNode());
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (entries.put(key.getValue(), new Node.Field(line, node(tuple.getValueNode()))) != null) {
          findings.add(line, SECTION, "the key " + key.getValue() + " twice", "keep one of them");
        }
      } else {
        findings.add(line, SECTION, "a key that is not a string", "write a name");
      }
    }
    return longForm(new Node.Fields(line(mapping), entries));
  }

  private Node longForm(Node.Fields fields) {
    for (var entry : fields.entries().entrySet()) {
      String key = entry.getKey();
      boolean isFunction = key.startsWith("Fn::");
      if (isFunction && fields.entries().size() > 1) {
        int line = entry.getValue().line();
        findings.add(line, SECTION, key + " beside other keys", "leave it alone in its mapping");
        return new Node.Unresolved(line);
      }
      if (isFunction || (key.equals("Ref") && fields.entries().size() == 1)) {
        return call(entry.getValue().line(), key, entry.getValue().value());
      }
    }
    return fields;
  }

  private Node call(int line, String longName, Node argument) {
    return Intrinsic.ofLongName(longName)
        .<Node>map(function -> checked(line, function, argument))
        .orElseGet(() -> unknown(line, longName, Intrinsic.longNames()));
  }

  private Node call(org.yaml.snakeyaml.nodes.Node yaml, String shortName) {
    int line = line(yaml);
    return Intrinsic.ofShortName(shortName)
        .<Node>map(function -> checked(line, function, argument(yaml)))
        .orElseGet(() -> unknown(line, "!" + shortName, shortNames()));
  }

  private static List<String> shortNames() {
    return Intrinsic.shortNames().stream().map(name -> "!" + name).toList();
  }

  private Node unknown(int line, String name, List<String> known) {
    String what = name + " is no intrinsic function";
    findings.addUnknown(line, SECTION, what, name, known, "correct its name");
    return new Node.Unresolved(line);
  }

  private Node checked(int line, Intrinsic function, Node argument) {
    if (function.refusal().isPresent()) {
      String what = function.longName() + " has no meaning here";
      findings.add(line, SECTION, what, function.refusal().get());
      return new Node.Unresolved(line);
    }
    return new Node.Call(line, function, function == Intrinsic.GET_ATT ? pair(argument) : argument);
  }

  /** The tag stands where the value's own would: without it, the value is a plain one. */
  private Node argument(org.yaml.snakeyaml.nodes.Node yaml) {
    if (!(yaml instanceof ScalarNode scalar)) {
      return plain(yaml);
    }
    return new Node.Scalar(line(yaml), scalar.getValue());
  }

  /** A logical id and an attribute may be written as one text with a dot between. */
  private static Node pair(Node argument) {
    if (!(argument instanceof Node.Scalar(int line, String text)) || text.indexOf('.') < 0) {
      return argument;
    }
    int dot = text.indexOf('.');
    return new Node.Sequence(
        line,
        List.of(
            new Node.Scalar(line, text.substring(0, dot)),
            new Node.Scalar(line, text.substring(dot + 1))));
  }

  private static int line(org.yaml.snakeyaml.nodes.Node yaml) {
    return yaml.getStartMark().getLine() + 1;
  }
}
