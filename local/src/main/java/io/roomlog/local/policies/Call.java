package io.roomlog.local.policies;

/**
 * What a policy is asked about.
 *
 * @param action e.g. {@code dynamodb:PutItem}
 * @param resource the ARN it is called on, or {@code *} for an action without one
 */
public record Call(String action, String resource) {}
