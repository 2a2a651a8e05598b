package io.roomlog.local.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a resource is called once it is made.
 *
 * @param name its physical name
 * @param ref what {@code Ref} gives
 * @param attributes what {@code Fn::GetAtt} gives
 */
record Identity(String name, String ref, Map<String, String> attributes) {
  /** The attribute of a table that has a stream. */
  static final String STREAM_ARN = "StreamArn";

  private static final String GENERATED_ID = "Id";
  private static final String FIFO = "FifoQueue";
  private static final String FIFO_SUFFIX = ".fifo";
  private static final String ALIAS = "AutoPublishAlias";

  Identity {
    attributes = Map.copyOf(attributes);
  }

  Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  /**
   * The identity of a declared resource.
   *
   * @param given the resolved value of its name property, absent where it has none
   * @param texts the resolved values of other properties that names depend on
   * @return nothing where the name given is no text
   */
  static Optional<Identity> of(Resource resource, Node given, Map<String, String> texts) {
    return switch (given) {
      case Node.Scalar scalar -> Optional.of(named(resource, scalar.text(), texts));
      case Node.Absent _ -> Optional.of(named(resource, generated(resource, texts), texts));
      default -> Optional.empty();
    };
  }

  static boolean hasStream(Resource table) {
    return table.properties().get("StreamSpecification").isPresent();
  }

  private static String generated(Resource resource, Map<String, String> texts) {
    ResourceType.Naming naming = resource.type().naming();
    String suffix = "true".equals(texts.get(FIFO)) ? FIFO_SUFFIX : "";
    String full = PseudoParameters.STACK_NAME + "-" + resource.logicalId() + suffix;
    if (naming == null || full.length() <= naming.longest()) {
      return full;
    }
    String end = "-" + id(resource.logicalId(), 12) + suffix;
    return full.substring(0, naming.longest() - end.length()) + end;
  }

  private static Identity named(Resource resource, String name, Map<String, String> texts) {
    Map<String, String> attributes = new LinkedHashMap<>();
    resource
        .type()
        .attributes()
        .forEach((key, text) -> attributes.put(key, filled(resource, name, text)));
    if (!hasStream(resource)) {
      attributes.remove(STREAM_ARN);
    }
    if (texts.containsKey(ALIAS)) {
      String arn = attributes.get("Arn");
      attributes.put("Alias", arn + ":" + texts.get(ALIAS));
      attributes.put("Version", arn + ":1");
    }
    return new Identity(name, filled(resource, name, resource.type().ref()), attributes);
  }

  private static String filled(Resource resource, String name, String text) {
    return Substitution.replace(
        text,
        variable ->
            switch (variable) {
              case "Name" -> name;
              case "LogicalId" -> resource.logicalId();
              case String some when some.startsWith(GENERATED_ID) ->
                  id(resource.logicalId(), Integer.parseInt(some.substring(GENERATED_ID.length())));
              case String some -> PseudoParameters.value(some).orElseThrow();
            });
  }

  /** An id as API Gateway makes them, lower-case letters and digits, the same on every run. */
  static String id(String logicalId, int length) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(logicalId.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, digest).toString(Character.MAX_RADIX).substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
