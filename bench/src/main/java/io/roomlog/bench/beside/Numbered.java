package io.roomlog.bench.beside;

import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Texts of 200 characters that carry a number, found again in whatever they are wrapped in. */
final class Numbered {

  private static final int LENGTH = 200;
  private static final Pattern NUMBER = Pattern.compile("#(\\d+)#");

  private Numbered() {}

  static String text(int number) {
    String begin = "#" + number + "#";
    return begin + "x".repeat(LENGTH - begin.length());
  }

  /** The numbers in a frame, in order. */
  static IntStream in(String frame) {
    return NUMBER.matcher(frame).results().mapToInt(found -> Integer.parseInt(found.group(1)));
  }
}
