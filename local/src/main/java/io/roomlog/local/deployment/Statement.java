package io.roomlog.local.deployment;

import java.util.List;
import java.util.Locale;

/**
 * A statement of a function's policies: what it may call on what, or may not.
 *
 * <p>In actions too, {@code *} stands for any characters and {@code ?} for one; they are compared
 * without regard to case
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 *
 * @param effect whether it allows or denies
 * @param actions e.g. {@code dynamodb:PutItem}
 * @param resources ARNs, as {@link ArnPattern} reads them
 */
public record Statement(Effect effect, List<String> actions, List<String> resources) {

  /** What a statement does to the calls that it covers. */
  public enum Effect {
    /** They are allowed, unless another statement denies them. */
    ALLOW,
    /** They are denied, whatever other statements say. */
    DENY
  }

  /** Copies what is given. */
  public Statement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
  }

  /** Whether it speaks of a call. */
  public boolean covers(String action, String resource) {
    return actions.stream().anyMatch(each -> ArnPattern.like(lower(each), lower(action)))
        && resources.stream().anyMatch(each -> new ArnPattern(each).matches(resource));
  }

  private static String lower(String action) {
    return action.toLowerCase(Locale.ROOT);
  }
}
