package io.roomlog.local.template;

import java.util.Map;
import java.util.Optional;

/**
 * The execution role that SAM makes for a function without {@code Role}; its logical id is the
 * function's with {@code Role} behind it
 * (docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html).
 */
final class SamRole {
  private static final String SUFFIX = "Role";

  /** What of a function is its role's. */
  static final String POLICIES = "Policies";

  private SamRole() {}

  /** The logical id of a function's role. */
  static String of(Resource function) {
    return function.logicalId() + SUFFIX;
  }

  /** The function whose role a logical id names, if that is what it names. */
  static Optional<Resource> functionOf(String id, Map<String, Resource> resources) {
    if (resources.containsKey(id) || !id.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    return Optional.ofNullable(resources.get(id.substring(0, id.length() - SUFFIX.length())))
        .filter(resource -> resource.type().is(ResourceType.FUNCTION));
  }

  static Identity identity(String id) {
    String name = PseudoParameters.STACK_NAME + "-" + id;
    String arn =
        Substitution.replace("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/", SamRole::pseudo)
            + name;
    return new Identity(name, name, Map.of("Arn", arn));
  }

  private static String pseudo(String variable) {
    return PseudoParameters.value(variable).orElseThrow();
  }
}
