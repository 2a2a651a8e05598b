package io.roomlog.local.deployment;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Lambda function of the template.
 *
 * @param logicalId its name in the template, by which the other records refer to it
 * @param name its physical name
 * @param arn its ARN
 * @param handler the handler as Lambda names it, e.g. {@code io.example.Send::handleRequest}
 * @param codeUri the packaged jar, as the template writes it
 * @param environment its variables, resolved
 * @param timeout after which an invocation is abandoned
 * @param memoryMiB its memory in MiB
 * @param statements what its policies allow and deny
 */
public record Function(
    String logicalId,
    String name,
    String arn,
    String handler,
    String codeUri,
    Map<String, String> environment,
    Duration timeout,
    int memoryMiB,
    List<Statement> statements) {

  /** Copies what is given. */
  public Function {
    environment = Map.copyOf(environment);
    statements = List.copyOf(statements);
  }

  /** A function that may call nothing. */
  public Function(
      String logicalId,
      String name,
      String arn,
      String handler,
      String codeUri,
      Map<String, String> environment,
      Duration timeout,
      int memoryMiB) {
    this(logicalId, name, arn, handler, codeUri, environment, timeout, memoryMiB, List.of());
  }

  /**
   * Whether its policies allow a call: one statement allows it and none denies it
   * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
   *
   * @param action e.g. {@code dynamodb:PutItem}
   * @param resource the ARN it is called on, or {@code *} for an action without one
   */
  public boolean allows(String action, String resource) {
    List<Statement.Effect> effects =
        statements.stream()
            .filter(each -> each.covers(action, resource))
            .map(Statement::effect)
            .toList();
    return effects.contains(Statement.Effect.ALLOW) && !effects.contains(Statement.Effect.DENY);
  }
}
