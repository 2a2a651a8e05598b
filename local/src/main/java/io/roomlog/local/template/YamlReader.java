package io.roomlog.local.template;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML (and with it JSON) into {@link Node}s, as CloudFormation reads it. */
final class YamlReader {
  /**
   * A template's largest size in bytes
   * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
   */
  static final int TEMPLATE_BYTES_MAX = 1_048_576;

  private static final String SECTION = Findings.ANYWHERE;

  private final Findings findings;

  YamlReader(Findings findings) {
    this.findings = findings;
  }

  /** The mapping that a file holds. Throws what is wrong with it if it is no mapping at all. */
  Node.Fields read(Path file) {
    Node root = compose(text(file));
    if (root instanceof Node.Fields fields) {
      return fields;
    }
    if (findings.count() == 0) {
      findings.add(1, SECTION, "the file holds no mapping", "begin with Resources:");
    }
    throw findings.asProblems();
  }

  /** The value of a text, or null where it is empty or not well-formed (which is told). */
  @Nullable Node compose(String text) {
    try {
      int told = findings.count();
      refuseAliases(text);
      if (findings.count() > told) {
        return null;
      }
      org.yaml.snakeyaml.nodes.Node root = yaml().compose(new StringReader(text));
      return root == null ? null : node(root);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String context = e.getContext() == null ? "" : " " + e.getContext();
      findings.add(
          mark == null ? 1 : mark.getLine() + 1,
          SECTION,
          "not well-formed: " + e.getProblem() + context,
          "mend the YAML");
      return null;
    } catch (YAMLException e) {
      findings.add(1, SECTION, "not well-formed: " + e.getMessage(), "mend the YAML");
      return null;
    }
  }

  private String text(Path file) {
    try {
      long bytes = Files.size(file);
      if (bytes > TEMPLATE_BYTES_MAX) {
        String what = "the file has " + bytes + " bytes; the limit is " + TEMPLATE_BYTES_MAX;
        throw unreadable(what, "split the template");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable("there is no such file", "name one with --template FILE");
    } catch (MalformedInputException e) {
      throw unreadable("the file is not UTF-8", "store it as UTF-8");
    } catch (IOException e) {
      throw unreadable("the file cannot be read: " + e.getMessage(), "check its rights");
    }
  }

  private TemplateProblems unreadable(String what, String mend) {
    findings.add(0, "template", what, mend);
    return findings.asProblems();
  }

  private static Yaml yaml() {
    return new Yaml(new LoaderOptions());
  }

  private void refuseAliases(String text) {
    for (Event event : yaml().parse(new StringReader(text))) {
      if (event instanceof AliasEvent alias) {
        findings.add(
            alias.getStartMark().getLine() + 1,
            SECTION,
            "the alias *" + alias.getAnchor() + ": CloudFormation takes no YAML aliases",
            "write it out, or use Globals or Mappings");
      }
    }
  }

  private Node node(org.yaml.snakeyaml.nodes.Node yaml) {
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
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
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
