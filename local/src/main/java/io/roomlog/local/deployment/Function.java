package io.roomlog.local.deployment;

import java.time.Duration;
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
 */
public record Function(
    String logicalId,
    String name,
    String arn,
    String handler,
    String codeUri,
    Map<String, String> environment,
    Duration timeout,
    int memoryMiB) {

  /** Copies what is given. */
  public Function {
    environment = Map.copyOf(environment);
  }
}
