package io.roomlog.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** A chart of lines, as PNG. */
public final class LineChart {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  private final XYChart chart;

  /** A chart without lines. */
  public LineChart(String title, String x, String y) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setYAxisMin(0.0);
  }

  /** The same with sizes along the bottom that differ by orders of magnitude. */
  public LineChart withLogarithmicSizes() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /** The same with values that differ by orders of magnitude, all above 0. */
  public LineChart withLogarithmicValues() {
    chart.getStyler().setYAxisMin(null);
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  /** Adds a line. */
  public LineChart line(String name, double[] x, double[] y) {
    chart.addSeries(name, x, y);
    return this;
  }

  /** Writes it. */
  public void write(Path file) throws IOException {
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }
}
