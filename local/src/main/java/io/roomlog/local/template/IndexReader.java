package io.roomlog.local.template;

import io.roomlog.local.deployment.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a table's secondary indexes
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
 */
final class IndexReader {
  /** The most global secondary indexes of a table. */
  static final int GLOBAL_MAX = 20;

  /** The most local secondary indexes of a table. */
  static final int LOCAL_MAX = 5;

  private final Stack.Sound table;
  private final KeySchema schema;
  private final Findings findings;
  private final Set<String> names = new HashSet<>();

  IndexReader(Stack.Sound table, KeySchema schema, Findings findings) {
    this.table = table;
    this.schema = schema;
    this.findings = findings;
  }

  List<Table.Index> read(List<Table.Key> tableKeys) {
    if (tableKeys.isEmpty()) {
      return List.of();
    }
    List<Table.Index> indexes = new ArrayList<>();
    indexes.addAll(read("GlobalSecondaryIndexes", GLOBAL_MAX, true, tableKeys));
    indexes.addAll(read("LocalSecondaryIndexes", LOCAL_MAX, false, tableKeys));
    return indexes;
  }

  private List<Table.Index> read(
      String property, int most, boolean global, List<Table.Key> tableKeys) {
    List<Properties> declared = table.properties().structures(property);
    if (declared.size() > most) {
      String what = property + " has " + declared.size() + " indexes; the limit is " + most;
      findings.add(table.line(property), table.logicalId(), what, "remove some");
    }
    return declared.stream().map(each -> index(each, global, tableKeys)).toList();
  }

  private Table.Index index(Properties declared, boolean global, List<Table.Key> tableKeys) {
    String name = declared.required("IndexName");
    if (!names.add(name)) {
      tell(declared, "IndexName", "a second index " + name, "rename one of them");
    }
    List<Table.Key> keys = schema.keys("KeySchema", declared);
    if (!global && keys.size() == 2 && !keys.getFirst().equals(tableKeys.getFirst())) {
      tell(
          declared,
          "KeySchema",
          "the local index " + name + " has the HASH key " + keys.getFirst().attribute(),
          "give it the table's, or make it a global index");
    }
    if (!global && keys.size() == 1) {
      String what = "the local index " + name + " has no RANGE key";
      tell(declared, "KeySchema", what, "add the key by which it sorts");
    }
    Properties projection = declared.under("Projection");
    String kind = projection.text("ProjectionType").orElse("ALL");
    List<String> included = projection.texts("NonKeyAttributes");
    if (kind.equals("INCLUDE") == included.isEmpty()) {
      String what = "the projection of " + name + " is " + kind + " with " + included;
      tell(declared, "Projection", what, "NonKeyAttributes go with INCLUDE, and only with it");
    }
    return new Table.Index(name, global, keys, kind, included);
  }

  private void tell(Properties declared, String property, String what, String mend) {
    findings.add(declared.line(property), table.logicalId(), what, mend);
  }
}
