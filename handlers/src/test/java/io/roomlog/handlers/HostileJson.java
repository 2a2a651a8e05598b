package io.roomlog.handlers;

import io.roomlog.core.testing.HostileText;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Values of JSON as text: of all kinds, within the limits, in whichever way a writer may escape
 * them.
 *
 * @param text the JSON
 * @param sound whether no string and no key has half a surrogate pair
 */
record HostileJson(String text, boolean sound) {

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1.0",
          "1.10",
          "1e5",
          "1E-7",
          "-1.5e+300",
          "5e-324",
          "1.7976931348623157e308",
          "0.1",
          "0.10000000000000000001",
          "9007199254740993",
          "18446744073709551616",
          "123456789012345678901234567890123456789012345678901234567890",
          "3.141592653589793238462643383279502884197169399375105820974944592307816406286");

  private static final int DEPTH_MAX = 5;

  static HostileJson next(Random random) {
    Writer writer = new Writer(random);
    writer.value(0);
    String text = writer.text.toString();
    // Nothing but an empty string is no message.
    return text.strip().equals("\"\"") ? next(random) : new HostileJson(text, writer.sound);
  }

  /** Writes one value. */
  private static final class Writer {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private boolean sound = true;

    private Writer(Random random) {
      this.random = random;
    }

    private void value(int depth) {
      space();
      switch (depth > DEPTH_MAX ? 4 : random.nextInt(9)) {
        case 0 -> object(depth);
        case 1 -> array(depth);
        case 2 -> text.append(NUMBERS.get(random.nextInt(NUMBERS.size())));
        case 3 -> text.append(List.of("true", "false", "null").get(random.nextInt(3)));
        case 4 -> text.append(random.nextLong());
        default -> string(text());
      }
      space();
    }

    private String text() {
      return random.nextInt(8) == 0 ? HostileText.any(random) : HostileText.sound(random);
    }

    private void object(int depth) {
      text.append('{');
      Set<String> keys = new HashSet<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        String key = text();
        if (keys.add(key)) {
          text.append(keys.size() > 1 ? "," : "");
          space();
          string(key);
          text.append(':');
          value(depth + 1);
        }
      }
      text.append('}');
    }

    private void array(int depth) {
      text.append('[');
      for (int i = random.nextInt(5); i > 0; i--) {
        value(depth + 1);
        text.append(i > 1 ? "," : "");
      }
      text.append(']');
    }

    private void space() {
      if (random.nextInt(6) == 0) {
        text.append(List.of(" ", "\n", "\t", "\r").get(random.nextInt(4)));
      }
    }

    private void string(String value) {
      sound &= !HostileText.hasHalfAPair(value);
      text.append('"');
      for (int i = 0; i < value.length(); i++) {
        char one = value.charAt(i);
        boolean must = one < ' ' || one == '"' || one == '\\' || Character.isSurrogate(one);
        if (must || random.nextInt(5) == 0) {
          text.append("\\u%04x".formatted((int) one));
        } else {
          text.append(one);
        }
      }
      text.append('"');
    }
  }
}
