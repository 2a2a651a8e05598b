package io.roomlog.local.template;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what stands above the resources: the sections' names, the version, the transform. */
final class Header {
  private static final String VERSION_KEY = "AWSTemplateFormatVersion";
  private static final String VERSION = "2010-09-09";
  private static final String TRANSFORM_KEY = "Transform";
  private static final String SAM = "AWS::Serverless-2016-10-31";
  private static final Set<String> SECTIONS =
      Set.of(
          VERSION_KEY,
          TRANSFORM_KEY,
          "Description",
          "Metadata",
          Parameters.SECTION,
          Rules.SECTION,
          Mappings.SECTION,
          Conditions.SECTION,
          Globals.SECTION,
          ResourceSection.SECTION,
          Outputs.SECTION);

  private final Node.Fields root;
  private final Findings findings;

  Header(Node.Fields root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  void check() {
    root.entries()
        .forEach(
            (key, field) -> {
              if (!SECTIONS.contains(key)) {
                String what = "a template has no section " + key;
                findings.addUnknown(field.line(), key, what, key, SECTIONS, "correct its name");
              }
            });
    Properties header = new Properties(root);
    if (header.text(VERSION_KEY).filter(text -> !text.equals(VERSION)).isPresent()) {
      String what = "the version is " + header.required(VERSION_KEY);
      findings.add(header.line(VERSION_KEY), VERSION_KEY, what, "the only one is " + VERSION);
    }
    checkTransform(header.texts(TRANSFORM_KEY));
  }

  private void checkTransform(List<String> transforms) {
    for (String transform : transforms) {
      if (!transform.equals(SAM)) {
        String what = "the transform " + transform + " runs in an account only";
        findings.add(root.lineOf(TRANSFORM_KEY), TRANSFORM_KEY, what, "write out what it makes");
      }
    }
    Optional<Integer> line = needsSam();
    if (line.isPresent() && !transforms.contains(SAM)) {
      String what = "AWS::Serverless resources or Globals without the transform of SAM";
      findings.add(line.get(), TRANSFORM_KEY, what, "add Transform: " + SAM);
    }
  }

  /** The line of what only SAM understands, if there is any. */
  private Optional<Integer> needsSam() {
    if (root.get(Globals.SECTION).isPresent()) {
      return Optional.of(root.lineOf(Globals.SECTION));
    }
    return root.get(ResourceSection.SECTION).stream()
        .flatMap(resources -> resources.fieldsOrNone().values().stream())
        .flatMap(field -> Optional.ofNullable(field.value().fieldsOrNone().get("Type")).stream())
        .filter(type -> type.value() instanceof Node.Scalar name && isSam(name.text()))
        .map(Node.Field::line)
        .findFirst();
  }

  private static boolean isSam(String type) {
    return type.startsWith("AWS::Serverless::");
  }
}
