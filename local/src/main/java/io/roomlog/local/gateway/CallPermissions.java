package io.roomlog.local.gateway;

/**
 * Says what a caller of the {@code @connections} API may do: where policies are enforced. It is
 * asked before every call, from many threads at once, and must not block.
 */
@FunctionalInterface
public interface CallPermissions {

  /**
   * Decides one call.
   *
   * @param accessKeyId the access key of the request's signature
   * @param call what is to be done
   */
  Decision decide(String accessKeyId, Call call);

  /** Lets every signed call through. */
  static CallPermissions allowAll() {
    return (accessKeyId, call) -> new Decision.Allowed();
  }

  /**
   * A call of {@code execute-api:ManageConnections}.
   *
   * @param method {@code POST}, {@code GET} or {@code DELETE}
   * @param stage the stage
   * @param connectionId the connection
   * @param resourceArn what a policy's resource must match, e.g. {@code
   *     arn:aws:execute-api:us-east-1:123456789012:abc/Prod/POST/@connections/R1kmxc2VNjMCFIA=}
   */
  record Call(String method, String stage, String connectionId, String resourceArn) {}

  /** Whether a call goes through. */
  sealed interface Decision {
    /** It does. */
    record Allowed() implements Decision {}

    /**
     * It is refused with 403.
     *
     * @param message what the caller is told, e.g. who may not do what on which resource
     */
    record Denied(String message) implements Decision {}
  }
}
