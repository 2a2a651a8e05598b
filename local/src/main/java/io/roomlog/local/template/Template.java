package io.roomlog.local.template;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Reads a SAM or CloudFormation template as a deployment would, and finds what a deployment would
 * find.
 */
public final class Template {
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Transform",
          "Description",
          "Metadata",
          "Parameters",
          "Rules",
          "Mappings",
          "Conditions",
          "Globals",
          "Resources",
          "Outputs");

  private final Node.Fields root;
  private final Findings findings;

  private Template(Node.Fields root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  /**
   * Reads a template.
   *
   * @param file the template
   * @param parameters values by parameter name; the others take their default
   * @return what it deploys, every reference resolved
   * @throws TemplateProblems with all that is wrong, if anything is
   */
  public static Deployment read(Path file, Map<String, String> parameters) {
    Findings findings = new Findings(file);
    Node.Fields root = new YamlReader(findings).read(file);
    return new Template(root, findings).deployment(parameters);
  }

  private Deployment deployment(Map<String, String> given) {
    root.entries()
        .forEach(
            (key, field) -> {
              if (!SECTIONS.contains(key)) {
                String what = "a template has no section " + key;
                findings.addUnknown(field.line(), key, what, key, SECTIONS, "correct its name");
              }
            });
    Parameters parameters = new Parameters(section(Parameters.SECTION), given, findings);
    Mappings mappings = new Mappings(section(Mappings.SECTION), findings);
    mappings.check();
    Conditions conditions =
        new Conditions(section(Conditions.SECTION), parameters, mappings, findings);
    conditions.check();
    Globals globals = new Globals(section(Globals.SECTION), findings);
    SequencedMap<String, Resource> resources =
        new ResourceSection(globals, findings).read(section(ResourceSection.SECTION));
    StackReferences references =
        new StackReferences(parameters, conditions, mappings, resources, findings);
    return deployment(stack(parameters, resources, references));
  }

  private Stack stack(
      Parameters parameters, SequencedMap<String, Resource> resources, StackReferences references) {
    ReferenceCheck check = new ReferenceCheck(parameters.names(), resources, findings);
    StackReader reader = new StackReader(references, findings);
    check.check("Outputs", section("Outputs"));
    if (check.findsCircle(check.check())) {
      findings.throwIfAny();
    }
    Stack stack = reader.read(resources);
    references.resolver("Outputs").resolve(section("Outputs"));
    return stack;
  }

  private Deployment deployment(Stack stack) {
    Optional<Api> api = new ApiReader(stack, findings).read();
    Deployment deployment =
        new Deployment(
            new TableReader(findings).read(stack),
            new FunctionReader().read(stack),
            api.orElseGet(() -> new Api("", "", "", Map.of())),
            new StreamMappingReader(stack, findings).read(),
            new QueueReader().read(stack),
            withoutEffect(stack));
    findings.throwIfAny();
    return deployment;
  }

  private static List<String> withoutEffect(Stack stack) {
    return stack.all().stream()
        .filter(each -> !each.declared().type().hasEffect())
        .map(each -> each.logicalId() + " (" + each.declared().type().name() + ")")
        .toList();
  }

  private Node.Fields section(String name) {
    return switch (root.get(name).orElse(null)) {
      case null -> Node.Fields.none(1);
      case Node.Fields fields -> fields;
      case Node other -> {
        String what = name + " is " + other.form() + ", not a mapping";
        findings.add(root.lineOf(name), name, what, "write a mapping");
        yield Node.Fields.none(other.line());
      }
    };
  }
}
