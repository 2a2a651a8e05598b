package io.roomlog.local.template;

import io.roomlog.local.deployment.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the DynamoDB tables, with the rules that DynamoDB has for a new one
 * (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html).
 */
final class TableReader {
  static final String TYPE = "AWS::DynamoDB::Table";

  private static final String DEFINITIONS = "AttributeDefinitions";
  private static final String CAPACITY = "ProvisionedThroughput";

  private final Findings findings;

  TableReader(Findings findings) {
    this.findings = findings;
  }

  List<Table> read(Stack stack) {
    List<Table> tables = new ArrayList<>();
    stack.ofType(TYPE).forEach(each -> table(each).ifPresent(tables::add));
    return tables;
  }

  private Optional<Table> table(Stack.Sound resource) {
    int before = findings.count();
    Properties properties = resource.properties();
    Map<String, String> types = definitions(resource);
    KeySchema schema = new KeySchema(resource, types, findings);
    List<Table.Key> keys = schema.keys("KeySchema", properties);
    List<Table.Index> indexes = new IndexReader(resource, schema, findings).read(keys);
    refuseUnused(resource, types.keySet(), keys, indexes);
    checkCapacity(resource);
    String ttl = ttl(resource);
    return findings.count() > before
        ? Optional.empty()
        : Optional.of(
            new Table(
                resource.logicalId(),
                resource.identity().name(),
                keys.getFirst(),
                keys.size() > 1 ? keys.get(1) : null,
                properties.under("StreamSpecification").text("StreamViewType").orElse(null),
                ttl.isEmpty() ? null : ttl,
                indexes));
  }

  private Map<String, String> definitions(Stack.Sound resource) {
    Map<String, String> types = new LinkedHashMap<>();
    for (Properties attribute : resource.properties().structures(DEFINITIONS)) {
      String name = attribute.required("AttributeName");
      if (types.put(name, attribute.required("AttributeType")) != null) {
        String what = DEFINITIONS + " defines " + name + " twice";
        findings.add(
            attribute.line("AttributeName"), resource.logicalId(), what, "keep one of them");
      }
    }
    return types;
  }

  private void refuseUnused(
      Stack.Sound resource, Set<String> defined, List<Table.Key> keys, List<Table.Index> indexes) {
    Set<String> unused = new HashSet<>(defined);
    keys.forEach(key -> unused.remove(key.attribute()));
    indexes.forEach(index -> index.keys().forEach(key -> unused.remove(key.attribute())));
    if (!keys.isEmpty() && !unused.isEmpty()) {
      String what = DEFINITIONS + " defines " + unused + ", which no key uses";
      String mend = "define keys only: other attributes need no definition";
      findings.add(resource.line(DEFINITIONS), resource.logicalId(), what, mend);
    }
  }

  private void checkCapacity(Stack.Sound resource) {
    boolean onDemand =
        resource.properties().text("BillingMode").filter("PAY_PER_REQUEST"::equals).isPresent();
    boolean hasCapacity = resource.properties().has(CAPACITY);
    if (onDemand && hasCapacity) {
      String what = CAPACITY + " beside BillingMode PAY_PER_REQUEST";
      findings.add(resource.line(CAPACITY), resource.logicalId(), what, "remove one of them");
    }
    if (!onDemand && !hasCapacity) {
      String what = CAPACITY + " is missing, and BillingMode is PROVISIONED unless it is written";
      String mend = "add BillingMode: PAY_PER_REQUEST";
      findings.add(resource.line("BillingMode"), resource.logicalId(), what, mend);
    }
  }

  /** The attribute by which items expire, or the empty text. */
  private String ttl(Stack.Sound resource) {
    Properties ttl = resource.properties().under("TimeToLiveSpecification");
    if (!ttl.truth("Enabled")) {
      return "";
    }
    if (ttl.text("AttributeName").isEmpty()) {
      String what = "TimeToLiveSpecification.AttributeName is missing";
      String mend = "name the attribute that holds the expiry in epoch seconds";
      findings.add(ttl.line("Enabled"), resource.logicalId(), what, mend);
    }
    return ttl.text("AttributeName").orElse("");
  }
}
