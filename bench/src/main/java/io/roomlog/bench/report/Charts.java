package io.roomlog.bench.report;

import io.roomlog.bench.counts.Cell;
import io.roomlog.bench.time.Assumptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Charts as PNG. */
public final class Charts {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  private Charts() {}

  /** Posts for each delivered message over a room's size; the sample's is 1 everywhere. */
  public static void posts(List<Cell> cells, Path file) throws IOException {
    XYChart chart =
        chart("Posts per delivered message (counted)", "connections", "posts / delivered");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.1);
    cells.stream()
        .map(Cell::messagesPerSecond)
        .distinct()
        .forEach(
            rate -> {
              List<Cell> line =
                  cells.stream().filter(cell -> cell.messagesPerSecond() == rate).toList();
              chart.addSeries(
                  "Roomlog, " + rate + "/s",
                  line.stream().mapToDouble(Cell::connections).toArray(),
                  line.stream().mapToDouble(Cell::postsPerDelivered).toArray());
            });
    chart.addSeries("AWS sample", new double[] {10, 10_000}, new double[] {1, 1});
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }

  /** Time of the last recipient over a room's size, with the account's bound. */
  public static void broadcast(Map<Integer, Double> seconds, Path file) throws IOException {
    XYChart chart = chart("Last recipient of one message (virtual time)", "connections", "seconds");
    chart.getStyler().setYAxisLogarithmic(true);
    double[] connections = seconds.keySet().stream().mapToDouble(each -> each).sorted().toArray();
    double[] bound = new double[connections.length];
    double[] last = new double[connections.length];
    for (int i = 0; i < connections.length; i++) {
      bound[i] = Assumptions.defaults(1).bound((int) connections[i]);
      last[i] = seconds.getOrDefault((int) connections[i], 0.0);
    }
    chart.addSeries("bound: (N - 5,000) / 10,000", connections, bound);
    chart.addSeries("first post to last recipient", connections, last);
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    return chart;
  }
}
