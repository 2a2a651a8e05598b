package io.roomlog.handlers;

import java.util.List;
import java.util.Random;

/** Frames as somebody writes them who wants the server to fall over, or who was cut off. */
final class HostileFrames {

  private static final List<String> NAMES =
      List.of(
          "action",
          "room",
          "rooms",
          "data",
          "id",
          "messages",
          "ref",
          "after",
          "before",
          "limit",
          "sender",
          "client",
          "\\u0000",
          "lobby",
          "");

  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "-0.0",
          "1",
          "1.0",
          "2e0",
          "7",
          "50",
          "1000",
          "-1",
          "1.5",
          "1e400",
          "1e-400",
          "1e999999999",
          "1e-999999999",
          "0e2147483647",
          "1e2147483648",
          "1e99999999999999999999",
          "9007199254740991",
          "9007199254740992",
          "9223372036854775807",
          "9223372036854775808",
          "0.10000000000000000001",
          "9".repeat(64),
          "9".repeat(65),
          "9".repeat(1_001),
          "NaN",
          "\"\"",
          "\"x\"",
          "\"lobby\"",
          "\"m1\"",
          "\"a b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u0000\"",
          "\"\uD83D\uDE00\"",
          "\"\uD800\"",
          "\"" + "\\u0001".repeat(64) + "\"",
          "\"" + "\uD83D\uDE00".repeat(64) + "\"",
          "\"" + "r".repeat(128) + "\"",
          "\"" + "r".repeat(129) + "\"",
          "\"" + "d".repeat(24_574) + "\"",
          "\"" + "d".repeat(24_575) + "\"",
          "\"" + "\\\"".repeat(12_287) + "\"",
          "[".repeat(32) + "]".repeat(32),
          "[".repeat(33) + "]".repeat(33),
          "[".repeat(5_000) + "]".repeat(5_000),
          "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000));

  private final Random random;

  HostileFrames(Random random) {
    this.random = random;
  }

  String next() {
    String frame = random.nextInt(30) == 0 ? value(0) : object(0);
    return random.nextInt(4) == 0 ? broken(frame) : frame;
  }

  private String value(int depth) {
    return switch (depth > 3 ? 5 : random.nextInt(8)) {
      case 0 -> object(depth + 1);
      case 1 -> array(depth + 1);
      case 2 -> Integer.toString(random.nextInt(200));
      default -> SCALARS.get(random.nextInt(SCALARS.size()));
    };
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{");
    int fields = random.nextInt(random.nextInt(20) == 0 ? 60 : 5);
    for (int i = 0; i < fields; i++) {
      object.append(i == 0 ? "\"" : ",\"");
      String name = random.nextInt(4) == 0 ? "r" + i : NAMES.get(random.nextInt(NAMES.size()));
      object.append(name).append("\":");
      object.append(random.nextInt(3) == 0 ? value(depth) : fitting(name, depth));
    }
    return object.append('}').toString();
  }

  /** Most fields are right, or nothing would get past the first that is not. */
  private String fitting(String name, int depth) {
    return switch (name) {
      case "room" -> "\"lobby\"";
      case "rooms" -> "{\"lobby\":1,\"kitchen\":0}";
      case "id" -> "\"m" + random.nextInt(20) + "\"";
      case "ref", "after", "before", "limit" -> Integer.toString(1 + random.nextInt(200));
      case "messages" -> "[{\"data\":1},{\"data\":" + value(depth) + "}]";
      default -> value(depth);
    };
  }

  private String array(int depth) {
    StringBuilder array = new StringBuilder("[");
    int values = random.nextInt(random.nextInt(10) == 0 ? 27 : 4);
    for (int i = 0; i < values; i++) {
      array.append(i == 0 ? "" : ",").append(random.nextBoolean() ? object(depth) : value(depth));
    }
    return array.append(']').toString();
  }

  /** Cut off, or with one character for another. */
  private String broken(String frame) {
    int at = random.nextInt(frame.length());
    return random.nextBoolean()
        ? frame.substring(0, at)
        : frame.substring(0, at) + (char) random.nextInt(0x80) + frame.substring(at + 1);
  }
}
