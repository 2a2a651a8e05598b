package io.roomlog.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown. */
public final class Table {

  private final List<String> lines = new ArrayList<>();

  /** With a title a column. */
  public Table(String... titles) {
    row((Object[]) titles);
    lines.add("|" + "---|".repeat(titles.length));
  }

  /** Adds a row. */
  public Table row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(text(cell)).append(" |");
    }
    lines.add(line.toString());
    return this;
  }

  private static String text(Object cell) {
    return switch (cell) {
      case Double number -> decimals(number);
      case Long number -> String.format(Locale.ROOT, "%,d", number);
      case Integer number -> String.format(Locale.ROOT, "%,d", number);
      default -> cell.toString();
    };
  }

  private static String decimals(double number) {
    if (number == 0) {
      return "0";
    }
    return String.format(Locale.ROOT, Math.abs(number) < 10 ? "%.3f" : "%,.0f", number);
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
