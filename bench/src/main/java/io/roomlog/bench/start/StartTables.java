package io.roomlog.bench.start;

import io.roomlog.bench.machine.Spread;
import io.roomlog.bench.report.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What starts came to. The second build of a table is what the others are compared with. */
final class StartTables {

  private static final double RATIO_MAX = 0.5;
  private static final double JAR_MEGABYTES_MAX = 6;

  private StartTables() {}

  static String fanOut(Map<Variant, List<ColdStarts.Times>> times) {
    List<Spread> spreads =
        times.values().stream().map(each -> spread(each, ColdStarts.Times::effect)).toList();
    double ratio = spreads.get(0).median() / spreads.get(1).median();
    return "## The fan-out: until the first post is delivered\n\n"
        + table(times, "first post delivered, ms", ColdStarts.Times::effect)
        + "\nTarget (row 15): the first at most %s of the second. Measured %s: **%s**.\n\n"
            .formatted(RATIO_MAX, Spread.number(ratio), ratio <= RATIO_MAX ? "met" : "not met");
  }

  static String handler(String function, Map<Variant, List<ColdStarts.Times>> times) {
    return "## %s: until it has answered\n\n".formatted(function)
        + table(times, "first answer, ms", ColdStarts.Times::answered)
        + "\n";
  }

  private static String table(
      Map<Variant, List<ColdStarts.Times>> times,
      String title,
      Function<ColdStarts.Times, Duration> end) {
    Table table =
        new Table("build", "starts", "ready, ms", "from ready on, ms", title, "of the second");
    double second = spread(times.values().stream().skip(1).findFirst().orElseThrow(), end).median();
    for (Map.Entry<Variant, List<ColdStarts.Times>> each : times.entrySet()) {
      List<ColdStarts.Times> starts = Objects.requireNonNull(each.getValue());
      Spread whole = spread(starts, end);
      table.row(
          Objects.requireNonNull(each.getKey()).name(),
          starts.size(),
          spread(starts, ColdStarts.Times::ready),
          spread(starts, ColdStarts.Times::event),
          whole,
          Spread.number(whole.median() / second));
    }
    return table.toString();
  }

  private static Spread spread(
      List<ColdStarts.Times> starts, Function<ColdStarts.Times, Duration> which) {
    return Spread.of(starts.stream().map(each -> which.apply(each).toNanos() / 1e6).toList());
  }

  static String sizes() {
    Table table = new Table("packaged", "MB", "target (row 15), MB", "");
    for (String module : List.of("fanout", "handlers")) {
      Path jar = Builds.packaged(module);
      double size = Builds.megabytes(List.of(jar));
      table.row(
          jar.getFileName(),
          Spread.number(size),
          Spread.number(JAR_MEGABYTES_MAX),
          size <= JAR_MEGABYTES_MAX ? "met" : "not met");
    }
    table.row(
        "the SDK's Apache and netty clients, which come along unless excluded",
        Spread.number(Builds.megabytes(Builds.sdkDefaults())),
        "",
        "");
    return "## Size\n\n" + table;
  }
}
