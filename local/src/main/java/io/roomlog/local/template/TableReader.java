package io.roomlog.local.template;

import io.roomlog.local.deployment.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the DynamoDB tables. */
final class TableReader {
  static final String TYPE = "AWS::DynamoDB::Table";

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
    Properties properties = resource.properties();
    Map<String, String> types = new LinkedHashMap<>();
    for (Properties attribute : properties.structures("AttributeDefinitions")) {
      types.put(attribute.required("AttributeName"), attribute.required("AttributeType"));
    }
    List<Table.Key> keys = new KeySchema(resource, types, findings).keys("KeySchema", properties);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Properties ttl = properties.under("TimeToLiveSpecification");
    return Optional.of(
        new Table(
            resource.logicalId(),
            resource.identity().name(),
            keys.getFirst(),
            keys.size() > 1 ? keys.get(1) : null,
            properties.under("StreamSpecification").text("StreamViewType").orElse(null),
            ttl.truth("Enabled") ? ttl.text("AttributeName").orElse(null) : null));
  }
}
