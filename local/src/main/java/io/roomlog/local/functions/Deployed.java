package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import java.util.List;
import java.util.Map;

/**
 * A function as it is deployed on this machine.
 *
 * @param function what the template says of it
 * @param variables its environment: the template's variables and those that Lambda adds
 */
public record Deployed(Function function, Map<String, String> variables) {

  /** Copies what is given. */
  public Deployed {
    variables = Map.copyOf(variables);
  }

  /**
   * Deploys functions: gives each its environment.
   *
   * @param region the value of {@code AWS_REGION}
   */
  public static List<Deployed> all(List<Role> roles, Endpoints endpoints, String region) {
    FunctionVariables variables = new FunctionVariables(endpoints, region);
    return roles.stream().map(role -> new Deployed(role.function(), variables.of(role))).toList();
  }
}
