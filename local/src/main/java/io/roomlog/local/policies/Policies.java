package io.roomlog.local.policies;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may call what, by access key. Each function has a key of its own and may do what its
 * statements allow; a key that is no function's is the operator's and may do everything.
 */
public final class Policies {
  private static final Logger log = LoggerFactory.getLogger(Policies.class);

  private static final int ACCOUNT_PART = 4;

  private final Map<String, Function> functions;

  /** The policies of the functions that have these roles. */
  public Policies(List<Role> roles) {
    this.functions =
        roles.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    role -> role.credentials().accessKeyId(), Role::function));
  }

  /**
   * Decides a request that needs several calls to be allowed, such as a transaction. A refusal is
   * logged here, with function, action and resource: it is the commonest fault of a first
   * deployment.
   *
   * @param accessKeyId who asks
   * @param calls what it takes
   * @return the first call that is not allowed, or empty if all are
   */
  public Optional<Refusal> refusal(String accessKeyId, List<Call> calls) {
    Function function = functions.get(accessKeyId);
    if (function == null) {
      return Optional.empty();
    }
    Optional<Refusal> refusal =
        calls.stream()
            .filter(call -> !function.allows(call.action(), call.resource()))
            .findFirst()
            .map(call -> new Refusal(function.logicalId(), call, message(function, call)));
    refusal.ifPresent(Policies::report);
    return refusal;
  }

  private static void report(Refusal refusal) {
    log.atError()
        .addKeyValue("function", refusal.function())
        .addKeyValue("action", refusal.call().action())
        .addKeyValue("resource", refusal.call().resource())
        .log("call_not_allowed");
  }

  // The form of AWS's message, and the role's name as SAM makes it.
  private static String message(Function function, Call call) {
    String account = function.arn().split(":", -1)[ACCOUNT_PART];
    return ("User: arn:aws:sts::%s:assumed-role/%sRole/%s is not authorized to perform: %s"
            + " on resource: %s because no identity-based policy allows the %s action")
        .formatted(
            account, function.name(), function.name(), named(call), call.resource(), named(call));
  }

  /** SQS, other than the others, names its actions in small letters here. */
  private static String named(Call call) {
    return call.action().startsWith("sqs:")
        ? call.action().toLowerCase(Locale.ROOT)
        : call.action();
  }
}
