package io.roomlog.local.template;

import io.roomlog.local.template.Node.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it is declared, Globals merged in, nothing resolved.
 *
 * @param logicalId its key in the template
 * @param line the line of that key
 * @param type its type
 * @param properties its properties
 * @param dependsOn the logical ids it names in {@code DependsOn}
 * @param condition the condition under which it is made, or null for always
 */
record Resource(
    String logicalId,
    int line,
    ResourceType type,
    Node.Fields properties,
    List<Scalar> dependsOn,
    @Nullable Scalar condition) {
  Resource {
    dependsOn = List.copyOf(dependsOn);
  }
}
