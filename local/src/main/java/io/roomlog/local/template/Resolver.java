package io.roomlog.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Turns a tree with intrinsic functions into one without, for one resource or section. */
final class Resolver {
  private final String where;
  private final References references;
  private final Conditions conditions;
  private final Mappings mappings;
  private final Findings findings;
  private final TextFunctions texts;

  Resolver(
      String where,
      References references,
      Conditions conditions,
      Mappings mappings,
      Findings findings) {
    this.where = where;
    this.references = references;
    this.conditions = conditions;
    this.mappings = mappings;
    this.findings = findings;
    this.texts = new TextFunctions(where, this, references, findings);
  }

  Node resolve(Node node) {
    return switch (node) {
      case Node.Scalar _, Node.Absent _, Node.Unresolved _ -> node;
      case Node.Sequence sequence -> sequence(sequence);
      case Node.Fields fields -> fields(fields);
      case Node.Call call -> call(call);
    };
  }

  /** A mapping stays one: its absent entries are gone. */
  Node.Fields fields(Node.Fields fields) {
    SequencedMap<String, Node.Field> entries = new LinkedHashMap<>();
    fields
        .entries()
        .forEach(
            (key, field) -> {
              Node value = resolve(field.value());
              if (!(value instanceof Node.Absent)) {
                entries.put(key, new Node.Field(field.line(), value));
              }
            });
    return new Node.Fields(fields.line(), entries);
  }

  private Node sequence(Node.Sequence sequence) {
    List<Node> items = new ArrayList<>();
    for (Node item : sequence.items()) {
      Node value = resolve(item);
      if (!(value instanceof Node.Absent)) {
        items.add(value);
      }
    }
    return new Node.Sequence(sequence.line(), items);
  }

  private Node call(Node.Call call) {
    return switch (call.function()) {
      case REF -> ref(call);
      case GET_ATT -> attribute(call);
      case IF -> choose(call);
      case FIND_IN_MAP -> mappings.find(where, call, this);
      case SUB -> texts.sub(call);
      case JOIN -> texts.join(call);
      case SPLIT -> texts.split(call);
      case SELECT -> texts.select(call);
      case BASE64 -> texts.base64(call);
      case CONDITION, EQUALS, AND, OR, NOT, CONTAINS, EACH_MEMBER_EQUALS, EACH_MEMBER_IN ->
          wrong(
              call, "gives true or false and no value", "name a condition and choose with Fn::If");
      case IMPORT_VALUE,
          GET_AZS,
          CIDR,
          TRANSFORM,
          FOR_EACH,
          LENGTH,
          TO_JSON_STRING,
          REF_ALL,
          VALUE_OF,
          VALUE_OF_ALL ->
          new Node.Unresolved(call.line());
    };
  }

  private Node ref(Node.Call call) {
    if (call.argument() instanceof Node.Scalar name) {
      return references.ref(where, call.line(), name.text());
    }
    return wrong(call, "takes one name", "write !Ref Name");
  }

  private Node attribute(Node.Call call) {
    if (call.argument() instanceof Node.Sequence pair
        && pair.items().size() == 2
        && pair.items().getFirst() instanceof Node.Scalar id) {
      Node name = resolve(pair.items().getLast());
      return name instanceof Node.Scalar attribute
          ? references.attribute(where, call.line(), id.text(), attribute.text())
          : new Node.Unresolved(call.line());
    }
    return wrong(call, "takes a logical id and an attribute", "write !GetAtt Id.Attribute");
  }

  private Node choose(Node.Call call) {
    if (call.argument() instanceof Node.Sequence three
        && three.items().size() == 3
        && three.items().getFirst() instanceof Node.Scalar name) {
      return conditions
          .holds(where, name.line(), name.text())
          .map(holds -> resolve(three.items().get(holds ? 1 : 2)))
          .orElseGet(() -> new Node.Unresolved(call.line()));
    }
    return wrong(
        call, "takes a condition's name and two values", "write !If [Condition, this, that]");
  }

  /** Tells what is wrong with a call. */
  Node wrong(Node.Call call, String what, String mend) {
    findings.add(call.line(), where, call.function().longName() + " " + what, mend);
    return new Node.Unresolved(call.line());
  }
}
