package io.roomlog.local.template;

import java.nio.file.Path;
import java.util.List;

/** Tells what is wrong with a function's code and handler. */
final class HandlerFindings {
  private static final String BUILD = "./mvnw package";
  private static final String CORRECT = "correct it, or build the jar again: " + BUILD;

  private final Path folder;
  private final HandlerCheck handlers;
  private final Findings findings;

  HandlerFindings(Path folder, HandlerCheck handlers, Findings findings) {
    this.folder = folder;
    this.handlers = handlers;
    this.findings = findings;
  }

  void check(Stack.Sound function) {
    String codeUri = function.properties().required("CodeUri");
    if (codeUri.contains("://")) {
      tell(function, "CodeUri", codeUri + " is no file", "name a jar beside the template");
      return;
    }
    String handler = function.properties().required("Handler");
    switch (handlers.check(folder.resolve(codeUri), handler)) {
      case HandlerCheck.Fits _ -> {}
      case HandlerCheck.NoJar _ ->
          tell(function, "CodeUri", codeUri + " is no jar that can be read", "build it: " + BUILD);
      case HandlerCheck.Malformed(String why) ->
          tell(function, "Handler", handler + ": " + why, "write package.Class::method");
      case HandlerCheck.NoClass(String name, List<String> known) ->
          tell(function, handler + ": " + codeUri + " has no class " + name, name, known);
      case HandlerCheck.NoMethod(String name, String method, List<String> known) ->
          tell(function, handler + ": " + name + " has no public method " + method, method, known);
      case HandlerCheck.NoConstructor(String name) ->
          tell(
              function,
              "Handler",
              handler + ": Lambda cannot make a " + name,
              "make the class and a constructor without parameters public");
    }
  }

  private void tell(Stack.Sound function, String property, String what, String mend) {
    findings.add(function.line(property), function.logicalId(), property + " " + what, mend);
  }

  private void tell(Stack.Sound function, String what, String name, List<String> known) {
    int line = function.line("Handler");
    findings.addUnknown(line, function.logicalId(), "Handler " + what, name, known, CORRECT);
  }
}
