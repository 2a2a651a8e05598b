package io.roomlog.local.policies;

/**
 * A call that is not allowed.
 *
 * @param function the logical id of the function that made it
 * @param call what it wanted
 * @param message what AWS tells it
 */
public record Refusal(String function, Call call, String message) {}
