package io.roomlog.local.template;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * What Lambda takes as environment variables
 * (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
 */
final class EnvironmentCheck {
  /** The size of all names and values together, in bytes. */
  static final int ENVIRONMENT_BYTES_MAX = 4096;

  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private final Findings findings;

  EnvironmentCheck(Findings findings) {
    this.findings = findings;
  }

  void check(Stack.Sound function, Map<String, String> variables) {
    Properties declared = function.properties().under("Environment").under("Variables");
    variables
        .keySet()
        .forEach(
            name -> {
              int line = declared.line(name);
              if (RESERVED.contains(name)) {
                String what = "the variable " + name + " is Lambda's own";
                findings.add(line, function.logicalId(), what, "use another name");
              } else if (!name.matches("[A-Za-z][A-Za-z0-9_]+")) {
                String what = "the variable name \"" + name + "\"";
                String mend = "a letter, then one or more letters, digits or underscores";
                findings.add(line, function.logicalId(), what, mend);
              }
            });
    int bytes = variables.entrySet().stream().mapToInt(EnvironmentCheck::bytes).sum();
    if (bytes > ENVIRONMENT_BYTES_MAX) {
      String what = "Environment has " + bytes + " bytes; the limit is " + ENVIRONMENT_BYTES_MAX;
      findings.add(function.line("Environment"), function.logicalId(), what, "shorten it");
    }
  }

  private static int bytes(Map.Entry<String, String> variable) {
    return (variable.getKey() + variable.getValue()).getBytes(StandardCharsets.UTF_8).length;
  }
}
