package io.roomlog.local.template;

/** What {@code Ref} and {@code Fn::GetAtt} can see from where they stand. */
interface References {
  /**
   * The value of {@code Ref}.
   *
   * @param where the logical id or section that asks, for the problem if there is one
   * @return a resolved node, or {@link Node.Unresolved} once the problem is told
   */
  Node ref(String where, int line, String name);

  /** The value of {@code Fn::GetAtt}, as {@link #ref}. */
  Node attribute(String where, int line, String logicalId, String attribute);
}
