package io.roomlog.local.template;

import io.roomlog.local.deployment.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a key schema: one HASH, then at most one RANGE, both defined
 * (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_KeySchemaElement.html).
 */
final class KeySchema {
  private static final List<List<String>> ALLOWED =
      List.of(List.of("HASH"), List.of("HASH", "RANGE"));

  private final Stack.Sound resource;
  private final Map<String, String> types;
  private final Findings findings;

  KeySchema(Stack.Sound resource, Map<String, String> types, Findings findings) {
    this.resource = resource;
    this.types = Map.copyOf(types);
    this.findings = findings;
  }

  /** The keys in schema order; none where the schema is wrong (which is told). */
  List<Table.Key> keys(String property, Properties owner) {
    List<Properties> schema = owner.structures(property);
    List<String> kinds = schema.stream().map(key -> key.required("KeyType")).toList();
    if (!ALLOWED.contains(kinds)) {
      String what = property + " has the keys " + kinds;
      findings.add(
          owner.line(property), resource.logicalId(), what, "one HASH, then at most one RANGE");
      return List.of();
    }
    List<Table.Key> keys = new ArrayList<>();
    for (Properties key : schema) {
      String attribute = key.required("AttributeName");
      if (types.containsKey(attribute)) {
        keys.add(new Table.Key(attribute, types.get(attribute)));
      } else {
        String what = property + " names " + attribute + ", which AttributeDefinitions lacks";
        String mend = "define it with its type";
        findings.addUnknown(
            key.line("AttributeName"), resource.logicalId(), what, attribute, types.keySet(), mend);
      }
    }
    return keys.size() == schema.size() ? keys : List.of();
  }
}
