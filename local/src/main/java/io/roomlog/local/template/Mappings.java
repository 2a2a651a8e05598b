package io.roomlog.local.template;

import java.util.Collection;
import java.util.List;

/** The {@code Mappings} section: values by two keys. */
final class Mappings {
  static final String SECTION = "Mappings";

  private final Node.Fields section;
  private final Findings findings;

  Mappings(Node.Fields section, Findings findings) {
    this.section = section;
    this.findings = findings;
  }

  /** Tells what is not a mapping of mappings of values. */
  void check() {
    section.entries().forEach((name, map) -> checkMap(name, map));
  }

  private void checkMap(String name, Node.Field map) {
    if (!(map.value() instanceof Node.Fields)) {
      tellShape(map.line(), name);
    }
    map.value()
        .fieldsOrNone()
        .forEach(
            (key, second) -> {
              if (!(second.value() instanceof Node.Fields values)) {
                tellShape(second.line(), name + "." + key);
              } else {
                values.entries().forEach((leaf, value) -> checkLeaf(name, key, leaf, value));
              }
            });
  }

  private void tellShape(int line, String name) {
    findings.add(
        line, SECTION, name + " is no mapping", "write Map: {Key: {Key: value}}, two keys deep");
  }

  private void checkLeaf(String name, String key, String leaf, Node.Field value) {
    if (value.value() instanceof Node.Call || value.value() instanceof Node.Fields) {
      String path = name + "." + key + "." + leaf;
      String what = path + " is " + value.value().form() + "; a mapping holds literal values";
      findings.add(value.line(), SECTION, what, "write a string, or a list of strings");
    }
  }

  /** {@code Fn::FindInMap}. */
  Node find(String where, Node.Call call, Resolver resolver) {
    if (!(call.argument() instanceof Node.Sequence three) || three.items().size() != 3) {
      return resolver.wrong(
          call, "takes a mapping's name and two keys", "write !FindInMap [Map, Key, Key]");
    }
    Node found = section;
    String path = SECTION;
    for (Node each : three.items()) {
      Node key = resolver.resolve(each);
      if (!(key instanceof Node.Scalar name) || !(found instanceof Node.Fields level)) {
        return new Node.Unresolved(call.line());
      }
      if (level.get(name.text()).isEmpty()) {
        return unknown(where, call, path, name.text(), level.entries().keySet());
      }
      found = level.get(name.text()).get();
      path = path + "." + name.text();
    }
    return found;
  }

  private Node unknown(
      String where, Node.Call call, String path, String name, Collection<String> known) {
    String what = path + " has no key " + name;
    findings.addUnknown(
        call.line(), where, what, name, known, "its keys are " + List.copyOf(known));
    return new Node.Unresolved(call.line());
  }
}
