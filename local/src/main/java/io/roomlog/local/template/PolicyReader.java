package io.roomlog.local.template;

import io.roomlog.local.deployment.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a function's policies allow. A policy is a document with statements, or one of the few
 * managed policies that are named here; what the local run could not enforce is refused.
 */
final class PolicyReader {
  private static final String PROPERTY = "Policies";
  private static final String MANAGED_ARN = "arn:aws:iam::aws:policy/";
  private static final String SERVICE_ROLE = "service-role/";
  private static final List<String> EVERYTHING = List.of("*");

  /**
   * What the managed policies allow besides writing logs, which no function is asked for here
   * (docs.aws.amazon.com/aws-managed-policy/latest/reference).
   */
  private static final Map<String, List<String>> MANAGED =
      Map.of(
          "AWSLambdaBasicExecutionRole",
          List.of(),
          "AWSLambdaDynamoDBExecutionRole",
          List.of(
              "dynamodb:DescribeStream",
              "dynamodb:GetRecords",
              "dynamodb:GetShardIterator",
              "dynamodb:ListStreams"),
          "AWSLambdaSQSQueueExecutionRole",
          List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
          "AWSXRayDaemonWriteAccess",
          List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"));

  private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT = Set.of("Sid", "Effect", "Action", "Resource");
  private static final Map<String, String> UNENFORCED =
      Map.of(
          "NotAction", "list what is meant under Action",
          "NotResource", "list what is meant under Resource",
          "Condition", "the local run enforces Action and Resource only: leave it out",
          "Principal", "a policy of a function has none: leave it out",
          "NotPrincipal", "a policy of a function has none: leave it out");

  private final Stack.Sound function;
  private final Findings findings;

  PolicyReader(Stack.Sound function, Findings findings) {
    this.function = function;
    this.findings = findings;
  }

  List<Statement> read() {
    List<Statement> statements = new ArrayList<>();
    for (Node policy : function.properties().items(PROPERTY)) {
      switch (policy) {
        case Node.Scalar name -> managed(name).ifPresent(statements::add);
        case Node.Fields document -> statements.addAll(document(document));
        default -> tell(policy.line(), "a policy is " + policy.form(), "write a document");
      }
    }
    return statements;
  }

  private Optional<Statement> managed(Node.Scalar name) {
    String bare = name.text().replace(MANAGED_ARN, "").replace(SERVICE_ROLE, "");
    List<String> actions = MANAGED.get(bare);
    if (actions == null) {
      String what = "the managed policy " + name.text() + " is not known here";
      findings.addUnknown(
          name.line(), function.logicalId(), what, bare, MANAGED.keySet(), "write its statements");
      return Optional.empty();
    }
    return actions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Statement(Statement.Effect.ALLOW, actions, EVERYTHING));
  }

  private List<Statement> document(Node.Fields document) {
    Properties properties = new Properties(document);
    if (!properties.has("Statement")) {
      String name = document.entries().keySet().stream().findFirst().orElse("{}");
      String what = "the policy template " + name + " of SAM is not known here";
      tell(document.line(), what, "write its statements");
      return List.of();
    }
    refuseUnknown(document, DOCUMENT, "a policy document");
    List<Statement> statements = new ArrayList<>();
    for (Node item : properties.items("Statement")) {
      if (item instanceof Node.Fields statement) {
        statement(statement).ifPresent(statements::add);
      } else {
        tell(item.line(), "a statement is " + item.form(), "write Effect, Action and Resource");
      }
    }
    return statements;
  }

  private Optional<Statement> statement(Node.Fields fields) {
    int before = findings.count();
    refuseUnknown(fields, STATEMENT, "a statement");
    Properties statement = new Properties(fields);
    String effect = statement.text("Effect").orElse("");
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      tell(fields.lineOf("Effect"), "Effect is \"" + effect + "\"", "write Allow or Deny");
    }
    List<String> actions = statement.texts("Action");
    List<String> resources = statement.texts("Resource");
    checkActions(fields, actions);
    checkResources(fields, resources);
    return findings.count() > before
        ? Optional.empty()
        : Optional.of(
            new Statement(
                effect.equals("Allow") ? Statement.Effect.ALLOW : Statement.Effect.DENY,
                actions,
                resources));
  }

  private void checkActions(Node.Fields fields, List<String> actions) {
    if (actions.isEmpty() && fields.entries().keySet().stream().allMatch(STATEMENT::contains)) {
      tell(fields.lineOf("Action"), "a statement without Action", "write e.g. dynamodb:GetItem");
    }
    for (String action : actions) {
      if (!action.equals("*") && !action.matches("[a-z0-9-]+:[A-Za-z0-9*?]+")) {
        String what = "Action is \"" + action + "\"";
        tell(fields.lineOf("Action"), what, "write service:Action, e.g. dynamodb:GetItem");
      }
    }
  }

  private void checkResources(Node.Fields fields, List<String> resources) {
    if (resources.isEmpty() && fields.entries().keySet().stream().allMatch(STATEMENT::contains)) {
      tell(fields.lineOf("Resource"), "a statement without Resource", "write an ARN or \"*\"");
    }
    for (String resource : resources) {
      if (!resource.equals("*") && !resource.startsWith("arn:")) {
        String what = "Resource is \"" + resource + "\", no ARN";
        tell(fields.lineOf("Resource"), what, "write an ARN, e.g. !GetAtt Table.Arn, or \"*\"");
      }
    }
  }

  private void refuseUnknown(Node.Fields fields, Set<String> known, String owner) {
    fields
        .entries()
        .forEach(
            (key, field) -> {
              String mend = UNENFORCED.get(key);
              if (mend != null) {
                tell(field.line(), "the local run cannot follow " + key, mend);
              } else if (!known.contains(key)) {
                String what = owner + " has no " + key;
                findings.addUnknown(
                    field.line(), function.logicalId(), what, key, known, "correct or remove it");
              }
            });
  }

  private void tell(int line, String what, String mend) {
    findings.add(line, function.logicalId(), PROPERTY + ": " + what, mend);
  }
}
