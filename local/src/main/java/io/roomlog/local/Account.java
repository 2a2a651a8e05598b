package io.roomlog.local;

import io.roomlog.local.deployment.Deployment;

/**
 * The account that the template's ARNs name.
 *
 * @param region e.g. {@code us-east-1}
 * @param id 12 digits
 */
record Account(String region, String id) {
  private static final int REGION_PART = 3;
  private static final int ID_PART = 4;

  /** Reads it from the functions' ARNs, {@code arn:aws:lambda:REGION:ID:function:NAME}. */
  static Account of(Deployment deployment) {
    return deployment.functions().stream()
        .findFirst()
        .map(function -> function.arn().split(":", -1))
        .map(parts -> new Account(parts[REGION_PART], parts[ID_PART]))
        .orElseThrow(() -> new StartException("the template has no function: nothing would run"));
  }
}
