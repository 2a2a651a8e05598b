package io.roomlog.local.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of resource: what it may hold and what a reference to it gives.
 *
 * @param name e.g. {@code AWS::SQS::Queue}
 * @param hasEffect whether the local run does anything with it
 * @param naming how its physical name comes about, or null where it has none
 * @param ref what {@code Ref} gives, in the words of {@code Fn::Sub}
 * @param attributes what {@code Fn::GetAtt} gives, in the words of {@code Fn::Sub}
 * @param properties its properties
 */
record ResourceType(
    String name,
    boolean hasEffect,
    @Nullable Naming naming,
    String ref,
    Map<String, String> attributes,
    Shape.Structure properties) {

  static final String FUNCTION = "AWS::Serverless::Function";

  ResourceType {
    attributes = Map.copyOf(attributes);
  }

  /**
   * The property that may give a name, and the longest name that CloudFormation makes up.
   *
   * @param property e.g. {@code QueueName}
   * @param longest in characters
   */
  record Naming(String property, int longest) {}

  boolean is(String typeName) {
    return name.equals(typeName);
  }
}
