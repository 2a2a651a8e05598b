package io.roomlog.bench.machine;

import java.util.Map;

/**
 * A straight line through points, by least squares.
 *
 * @param slope of y, for each x
 * @param intercept of y, at x = 0
 */
public record Line(double slope, double intercept) {

  /**
   * Through y by x.
   *
   * @throws IllegalArgumentException if there are not two different x
   */
  public static Line through(Map<Integer, Double> points) {
    if (points.size() < 2) {
      throw new IllegalArgumentException("a line through " + points.size() + " points");
    }
    double meanX = points.keySet().stream().mapToDouble(x -> x).average().orElseThrow();
    double meanY = points.values().stream().mapToDouble(y -> y).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (Map.Entry<Integer, Double> point : points.entrySet()) {
      double x = point.getKey() - meanX;
      products += x * (point.getValue() - meanY);
      squares += x * x;
    }
    double slope = products / squares;
    return new Line(slope, meanY - slope * meanX);
  }
}
