package io.roomlog.local.template;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.Queue;
import io.roomlog.local.deployment.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads a SAM or CloudFormation template as a deployment would, and finds what a deployment would
 * find.
 *
 * <p>A file becomes {@link Node}s that know their line ({@link YamlReader}); parameters, mappings
 * and conditions get their values; {@link Globals} are merged in; names that exist nowhere are told
 * ({@link ReferenceCheck}); what is made is resolved and compared with the shape of its type
 * ({@link Vocabulary}); and the rest is read kind by kind, with the rules of each service. Reading
 * goes on after a problem: {@link TemplateProblems} holds all of them.
 *
 * <p>No maintained Java library was found that reads CloudFormation and keeps lines: cfn-lint is
 * Python, the language server TypeScript, and what Java has only loads the short forms as objects.
 */
public final class Template {
  private final Path file;
  private final Node.Fields root;
  private final Findings findings;
  private final HandlerCheck handlers;

  private Template(Path file, Node.Fields root, Findings findings, HandlerCheck handlers) {
    this.file = file;
    this.root = root;
    this.findings = findings;
    this.handlers = handlers;
  }

  /**
   * Reads a template without a look at the code that its functions name.
   *
   * @see #read(Path, Map, HandlerCheck)
   */
  public static Deployment read(Path file, Map<String, String> parameters) {
    return read(file, parameters, HandlerCheck.skipped());
  }

  /**
   * Reads a template.
   *
   * @param file the template
   * @param parameters values by parameter name; the others take their default
   * @param handlers finds out whether a function's code has its handler, e.g. {@link JarHandlers}
   * @return what it deploys, every reference resolved
   * @throws TemplateProblems with all that is wrong, if anything is
   */
  public static Deployment read(Path file, Map<String, String> parameters, HandlerCheck handlers) {
    return read(file, parameters, Map.of(), handlers);
  }

  /**
   * Reads a template for somebody who has defaults of his own.
   *
   * @param otherwise values of parameters that are not given, in place of the template's default;
   *     those that it does not declare are not looked at
   * @see #read(Path, Map, HandlerCheck)
   */
  public static Deployment read(
      Path file,
      Map<String, String> parameters,
      Map<String, String> otherwise,
      HandlerCheck handlers) {
    Findings findings = new Findings(file);
    Node.Fields root = new YamlReader(findings).read(file);
    findings.locate(root);
    return new Template(file, root, findings, handlers).deployment(parameters, otherwise);
  }

  private Deployment deployment(Map<String, String> given, Map<String, String> otherwise) {
    new Header(root, findings).check();
    Parameters parameters = new Parameters(section(Parameters.SECTION), given, otherwise, findings);
    Mappings mappings = new Mappings(section(Mappings.SECTION), findings);
    mappings.check();
    Conditions conditions =
        new Conditions(section(Conditions.SECTION), parameters, mappings, findings);
    conditions.check();
    new Rules(parameters, conditions, mappings, findings).check(section(Rules.SECTION));
    Globals globals = new Globals(section(Globals.SECTION), findings);
    SequencedMap<String, Resource> resources =
        new ResourceSection(globals, findings).read(section(ResourceSection.SECTION));
    checkReferences(parameters, resources);
    StackReferences references =
        new StackReferences(parameters, conditions, mappings, resources, findings);
    Stack stack = new StackReader(references, findings).read(resources);
    new Outputs(references, conditions, findings).check(section(Outputs.SECTION));
    return deployment(stack);
  }

  private void checkReferences(Parameters parameters, SequencedMap<String, Resource> resources) {
    ReferenceCheck check = new ReferenceCheck(parameters.names(), resources, findings);
    check.check(Outputs.SECTION, section(Outputs.SECTION));
    if (check.findsCircle(check.check())) {
      findings.throwIfAny();
    }
  }

  private Deployment deployment(Stack stack) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    List<Table> tables = new TableReader(findings).read(stack);
    SequencedMap<String, Function> functions =
        new FunctionReader(folder, handlers, findings).read(stack);
    EventSources sources = new EventSources(stack, functions, findings);
    List<Queue> queues = new QueueReader(stack, findings).read();
    Optional<Api> api = new ApiReader(stack, findings).read();
    findings.throwIfAny();
    return new Deployment(
        tables,
        List.copyOf(functions.values()),
        api.orElseThrow(),
        sources.streams(),
        queues,
        sources.queues(),
        withoutEffect(stack, sources.disabled()));
  }

  private static List<String> withoutEffect(Stack stack, List<String> disabled) {
    List<String> names = new ArrayList<>();
    for (Stack.Sound each : stack.all()) {
      String type = each.declared().type().name();
      if (disabled.contains(each.logicalId())) {
        names.add(each.logicalId() + " (" + type + ", Enabled is false)");
      } else if (!each.declared().type().hasEffect()) {
        names.add(each.logicalId() + " (" + type + ")");
      }
    }
    return names;
  }

  private Node.Fields section(String name) {
    return switch (root.get(name).orElse(null)) {
      case null -> Node.Fields.none(1);
      case Node.Fields fields -> new Node.Fields(root.lineOf(name), fields.entries());
      case Node.Unresolved unresolved -> Node.Fields.none(unresolved.line());
      case Node other -> {
        String what = name + " is " + other.form() + ", not a mapping";
        findings.add(root.lineOf(name), name, what, "write a mapping");
        yield Node.Fields.none(other.line());
      }
    };
  }
}
