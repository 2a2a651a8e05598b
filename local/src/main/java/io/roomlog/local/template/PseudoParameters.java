package io.roomlog.local.template;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pseudo parameters, with values that show at first sight that no account stands behind them
 * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html).
 */
final class PseudoParameters {
  /** The stack's name, with which every generated name begins. */
  static final String STACK_NAME = "roomlog";

  static final String NO_VALUE = "AWS::NoValue";
  static final String NOTIFICATION_ARNS = "AWS::NotificationARNs";

  private static final Map<String, String> VALUES =
      new TreeMap<>(
          Map.of(
              "AWS::Region", "us-east-1",
              "AWS::AccountId", "000000000000",
              "AWS::Partition", "aws",
              "AWS::URLSuffix", "amazonaws.com",
              "AWS::StackName", STACK_NAME,
              "AWS::StackId",
                  "arn:aws:cloudformation:us-east-1:000000000000:stack/"
                      + STACK_NAME
                      + "/00000000-0000-0000-0000-000000000000"));

  private PseudoParameters() {}

  static Optional<String> value(String name) {
    return Optional.ofNullable(VALUES.get(name));
  }

  static boolean isOne(String name) {
    return VALUES.containsKey(name) || name.equals(NO_VALUE) || name.equals(NOTIFICATION_ARNS);
  }

  static Map<String, String> values() {
    return Map.copyOf(VALUES);
  }
}
