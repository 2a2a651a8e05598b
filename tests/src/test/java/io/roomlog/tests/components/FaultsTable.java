package io.roomlog.tests.components;

import io.roomlog.tests.alarms.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came of each fault, in Markdown. */
final class FaultsTable {

  private final List<String> rows = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private String end = "";

  void add(Outcome outcome) {
    Ordeal ordeal = outcome.ordeal();
    String others =
        outcome.firing().stream()
            .map(seen -> seen.alarm().name())
            .filter(name -> !name.equals(ordeal.alarm()))
            .collect(Collectors.joining(", "));
    String row =
        "| %s | %s | %d s | %,d | %,d | %,d | %,d | %s | %s | %s |"
            .formatted(
                ordeal.component(),
                ordeal.fault(),
                ordeal.lasts().toSeconds(),
                outcome.struck(),
                outcome.said(),
                outcome.acknowledged(),
                outcome.lost(),
                String.format(Locale.ROOT, "%.1f s", outcome.longest().toMillis() / 1e3),
                told(outcome.alarm()),
                others);
    rows.add(row);
    System.out.println(row);
    if (ordeal.component().equals("DynamoDB")) {
      calls.add(
          outcome.each().entrySet().stream()
              .map(one -> one.getKey() + " " + one.getValue())
              .collect(Collectors.joining(", ", "- " + ordeal.fault() + ": ", "")));
    }
  }

  private static String told(Measured.@Nullable Seen seen) {
    if (seen == null) {
      return "none should";
    }
    return seen.above() ? seen.toString() : "it did not: " + seen;
  }

  void ended(int said, int acknowledged) {
    end =
        "%,d messages in all, %,d acknowledged; every one came to everybody in its room once and in one order."
            .formatted(said, acknowledged);
  }

  @Override
  public String toString() {
    return """
    | component | what befalls it | for | struck | said meanwhile | of these acknowledged meanwhile | lost | longest until all had it | the alarm that should go off | others that would |
    |---|---|---|---|---|---|---|---|---|---|
    %s

    %s

    Calls of tables that were struck, by function and operation:

    %s
    """
        .formatted(String.join("\n", rows), end, String.join("\n", calls));
  }
}
