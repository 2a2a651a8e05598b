package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function as it is deployed on this machine.
 *
 * @param function what the template says of it
 * @param credentials the credentials of its role; the access key is its own
 * @param variables its environment: the template's variables and those that Lambda adds
 */
public record Deployed(Function function, Credentials credentials, Map<String, String> variables) {

  /** Copies what is given. */
  public Deployed {
    variables = Map.copyOf(variables);
  }

  /**
   * Deploys functions: gives each its credentials and its environment.
   *
   * @param region the value of {@code AWS_REGION}
   */
  public static List<Deployed> all(List<Function> functions, Endpoints endpoints, String region) {
    FunctionVariables variables = new FunctionVariables(endpoints, region);
    List<Deployed> deployed = new ArrayList<>();
    for (Function function : functions) {
      Credentials credentials = Credentials.numbered(deployed.size());
      deployed.add(new Deployed(function, credentials, variables.of(function, credentials)));
    }
    return List.copyOf(deployed);
  }
}
