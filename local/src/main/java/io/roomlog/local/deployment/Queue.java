package io.roomlog.local.deployment;

/**
 * An SQS queue of the template.
 *
 * @param logicalId its name in the template
 * @param name its physical name
 * @param arn its ARN
 */
public record Queue(String logicalId, String name, String arn) {}
