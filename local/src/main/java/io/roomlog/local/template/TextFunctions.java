package io.roomlog.local.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The intrinsic functions that make texts and lists of them. */
final class TextFunctions {
  private final String where;
  private final Resolver resolver;
  private final References references;
  private final Findings findings;

  TextFunctions(String where, Resolver resolver, References references, Findings findings) {
    this.where = where;
    this.resolver = resolver;
    this.references = references;
    this.findings = findings;
  }

  Node sub(Node.Call call) {
    return switch (call.argument()) {
      case Node.Scalar text -> sub(call, text.text(), Map.of());
      case Node.Sequence pair
          when pair.items().size() == 2
              && pair.items().getFirst() instanceof Node.Scalar text
              && pair.items().getLast() instanceof Node.Fields variables ->
          sub(call, text.text(), resolver.fields(variables).entries());
      default ->
          resolver.wrong(call, "takes a text, or a text and a mapping", "write !Sub text ${Name}");
    };
  }

  private Node sub(Node.Call call, String text, Map<String, Node.Field> variables) {
    Map<String, String> values = new LinkedHashMap<>();
    boolean isWhole = true;
    for (String name : Substitution.variables(text)) {
      Node value =
          variables.containsKey(name) ? variables.get(name).value() : lookUp(call.line(), name);
      if (value instanceof Node.Scalar scalar) {
        values.put(name, scalar.text());
      } else {
        tellIfNoText(call.line(), "${" + name + "}", value);
        isWhole = false;
      }
    }
    return isWhole
        ? new Node.Scalar(call.line(), Substitution.replace(text, values::get))
        : new Node.Unresolved(call.line());
  }

  private Node lookUp(int line, String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? references.ref(where, line, name)
        : references.attribute(where, line, name.substring(0, dot), name.substring(dot + 1));
  }

  private void tellIfNoText(int line, String what, Node value) {
    if (!(value instanceof Node.Unresolved)) {
      findings.add(line, where, what + " is " + value.form() + ", not a string", "name a string");
    }
  }

  Node join(Node.Call call) {
    if (resolver.resolve(call.argument()) instanceof Node.Sequence pair
        && pair.items().size() == 2
        && pair.items().getFirst() instanceof Node.Scalar delimiter) {
      if (pair.items().getLast() instanceof Node.Unresolved) {
        return new Node.Unresolved(call.line());
      }
      if (pair.items().getLast() instanceof Node.Sequence list) {
        return texts(list)
            .<Node>map(all -> new Node.Scalar(call.line(), String.join(delimiter.text(), all)))
            .orElseGet(() -> new Node.Unresolved(call.line()));
      }
    }
    return resolver.wrong(call, "takes a delimiter and a list", "write !Join [delimiter, [a, b]]");
  }

  Node split(Node.Call call) {
    if (resolver.resolve(call.argument()) instanceof Node.Sequence pair
        && pair.items().size() == 2
        && pair.items().getFirst() instanceof Node.Scalar delimiter) {
      if (pair.items().getLast() instanceof Node.Unresolved) {
        return new Node.Unresolved(call.line());
      }
      if (pair.items().getLast() instanceof Node.Scalar text) {
        return list(call.line(), text.text().split(Pattern.quote(delimiter.text()), -1));
      }
    }
    return resolver.wrong(call, "takes a delimiter and a text", "write !Split [delimiter, text]");
  }

  private static Node list(int line, String[] texts) {
    List<Node> items = new ArrayList<>();
    for (String text : texts) {
      items.add(new Node.Scalar(line, text));
    }
    return new Node.Sequence(line, items);
  }

  Node select(Node.Call call) {
    if (resolver.resolve(call.argument()) instanceof Node.Sequence pair
        && pair.items().size() == 2
        && pair.items().getFirst() instanceof Node.Scalar index
        && index.text().matches("[0-9]{1,9}")) {
      if (pair.items().getLast() instanceof Node.Unresolved) {
        return new Node.Unresolved(call.line());
      }
      if (pair.items().getLast() instanceof Node.Sequence list) {
        int at = Integer.parseInt(index.text());
        return at < list.items().size()
            ? list.items().get(at)
            : resolver.wrong(
                call,
                "asks for item " + at + " of a list of " + list.items().size(),
                "items count from 0");
      }
    }
    return resolver.wrong(call, "takes an index and a list", "write !Select [0, list]");
  }

  Node base64(Node.Call call) {
    return switch (resolver.resolve(call.argument())) {
      case Node.Unresolved unresolved -> unresolved;
      case Node.Scalar text ->
          new Node.Scalar(
              call.line(),
              Base64.getEncoder().encodeToString(text.text().getBytes(StandardCharsets.UTF_8)));
      default -> resolver.wrong(call, "takes a text", "write !Base64 text");
    };
  }

  /** The texts of a list, or nothing where one is no text (which is told). */
  private Optional<List<String>> texts(Node.Sequence list) {
    List<String> all = new ArrayList<>();
    for (Node item : list.items()) {
      if (item instanceof Node.Scalar scalar) {
        all.add(scalar.text());
      } else {
        tellIfNoText(item.line(), "an item of the list", item);
      }
    }
    return all.size() == list.items().size() ? Optional.of(all) : Optional.empty();
  }
}
