package io.roomlog.core.testing;

import java.util.List;
import java.util.Random;

/** Texts that programs get wrong. */
public final class HostileText {

  /** Well-formed, all of them. */
  private static final List<String> SOUND =
      List.of(
          "\u0000",
          "\u0007",
          "\u001b[2J",
          "\u007f",
          "\u0085",
          "\t",
          "\r\n",
          " ",
          "\u00a0",
          "\ufeff",
          "\ufffd",
          "\ufffe",
          "\uffff",
          "\u2028\u2029",
          "\u202eright to left\u202c",
          "\u2067\u05e9\u05dc\u05d5\u05dd\u2069",
          "\u0645\u0631\u062d\u0628\u0627 abc \u0661\u0662",
          "e\u0301",
          "\u00e9",
          "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324",
          "\u1100\u1161\u11a8",
          "\ud83d\ude00",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
          "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f",
          "\ud83c\udde8\ud83c\udded",
          "\udbff\udfff",
          "\u212b\u03a9\ufb01",
          "\u0130i\u0131I",
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "/",
          "#",
          "</script><b>",
          "${jndi:ldap://127.0.0.1/a}",
          "%s%n%00",
          "'; DROP TABLE rooms; --",
          "{\"v\":1}",
          "lobby",
          "a");

  private static final List<String> HALVES = List.of("\ud800", "\udbff", "\udc00", "\udfff");

  private static final int PARTS_MAX = 8;
  private static final int LONG = 3_000;

  private HostileText() {}

  /** A text that UTF-8 can carry. */
  public static String sound(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(PARTS_MAX); i > 0; i--) {
      text.append(SOUND.get(random.nextInt(SOUND.size())));
    }
    if (random.nextInt(50) == 0) {
      text.append(SOUND.get(random.nextInt(SOUND.size())).repeat(random.nextInt(LONG / 10)));
    }
    return text.toString();
  }

  /** A text that UTF-8 may be unable to carry, or a long one. */
  public static String any(Random random) {
    String text = sound(random);
    return switch (random.nextInt(6)) {
      case 0 -> {
        int at = random.nextInt(text.length() + 1);
        String half = HALVES.get(random.nextInt(HALVES.size()));
        yield text.substring(0, at) + half + text.substring(at);
      }
      case 1 -> text.repeat(random.nextInt(40));
      case 2 -> "x".repeat(random.nextInt(LONG));
      default -> text;
    };
  }

  /** Whether half a surrogate pair stands in it without the other half. */
  public static boolean hasHalfAPair(String text) {
    return text.codePoints()
        .anyMatch(one -> one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE);
  }
}
