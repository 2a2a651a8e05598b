package io.roomlog.local.template;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;

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
      return root == null ? null : new YamlNodes(findings).node(root);
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
    if (text.indexOf('&') < 0) {
      return; // without an anchor there is no alias, and the text is parsed once
    }
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
}
