package io.roomlog.tests.alarms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A metric math expression, as far as the template's alarms use it: numbers, ids, {@code + - * /},
 * {@code SUM(METRICS())}, {@code MAX([…])} and {@code FILL(id, number)}
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). A metric without
 * a value is left out of a sum, and makes everything else without {@code FILL} have none: NaN here.
 */
final class Expression {

  private final String text;
  private final Map<String, Double> values;
  private int at;

  private Expression(String text, Map<String, Double> values) {
    this.text = text.replaceAll("\\s", "");
    this.values = values;
  }

  /**
   * The value of an expression.
   *
   * @param values of the metrics that have one, by their ids
   * @throws IllegalArgumentException if it uses what is not listed above
   */
  static double value(String text, Map<String, Double> values) {
    Expression expression = new Expression(text, values);
    double value = expression.sum();
    if (expression.at < expression.text.length()) {
      throw expression.unknown();
    }
    return value;
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("cannot read %s at %d".formatted(text, at));
  }

  private double sum() {
    double value = product();
    while (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
      value = text.charAt(at++) == '+' ? value + product() : value - product();
    }
    return value;
  }

  private double product() {
    double value = factor();
    while (at < text.length() && "*/".indexOf(text.charAt(at)) >= 0) {
      value = text.charAt(at++) == '*' ? value * factor() : value / factor();
    }
    return value;
  }

  private double factor() {
    if (take("(")) {
      double value = sum();
      expect(")");
      return value;
    }
    if (take("SUM(METRICS())")) {
      return values.isEmpty() ? Double.NaN : total(values.values());
    }
    if (take("MAX([")) {
      return list().stream().mapToDouble(Double::doubleValue).reduce(Double.NaN, Expression::max);
    }
    if (take("FILL(")) {
      double value = values.getOrDefault(word(), Double.NaN);
      expect(",");
      double otherwise = number();
      expect(")");
      return Double.isNaN(value) ? otherwise : value;
    }
    return at < text.length() && Character.isDigit(text.charAt(at))
        ? number()
        : values.getOrDefault(word(), Double.NaN);
  }

  private static double total(Collection<Double> all) {
    return all.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double max(double one, double other) {
    return Double.isNaN(one) ? other : Math.max(one, other);
  }

  private List<Double> list() {
    List<Double> all = new ArrayList<>();
    do {
      all.add(sum());
    } while (take(","));
    expect("])");
    return all;
  }

  private boolean take(String what) {
    boolean here = text.startsWith(what, at);
    at += here ? what.length() : 0;
    return here;
  }

  private void expect(String what) {
    if (!take(what)) {
      throw unknown();
    }
  }

  private String word() {
    int from = at;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    if (from == at) {
      throw unknown();
    }
    return text.substring(from, at);
  }

  private double number() {
    int from = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (from == at) {
      throw unknown();
    }
    return Double.parseDouble(text.substring(from, at));
  }
}
