package io.roomlog.tests.world;

import io.roomlog.local.LocalRun;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code /metrics} showed at a moment.
 *
 * @param text in Prometheus's format
 */
public record Scrape(String text) {

  private static final Pattern BOUND = Pattern.compile("le=\"([^\"]+)\"");

  /** Looks once. */
  public static Scrape of(LocalRun run) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(run.metrics()).build();
      return new Scrape(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new AssertionError(run.metrics() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking", e);
    }
  }

  /** The sum over all labels of a metric; 0 where there is none. */
  public double sum(String metric) {
    return sum(metric, new String[0]);
  }

  /**
   * The sum over all series of a metric that have these labels; 0 where there is none.
   *
   * @param labels as they stand in the text, e.g. {@code function="SendFunction"}
   */
  public double sum(String metric, String... labels) {
    return lines(metric, labels).mapToDouble(Scrape::value).sum();
  }

  /** Whether there is a series of a metric with these labels. */
  public boolean has(String metric, String... labels) {
    return lines(metric, labels).findAny().isPresent();
  }

  /** The counts of a histogram's buckets by their upper bounds, in rising order. */
  public SortedMap<Double, Double> byBound(String buckets, String... labels) {
    SortedMap<Double, Double> counts = new TreeMap<>();
    lines(buckets, labels)
        .forEach(
            line -> {
              Matcher bound = BOUND.matcher(line);
              if (bound.find()) {
                String text = bound.group(1);
                double most =
                    text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
                counts.merge(most, value(line), Double::sum);
              }
            });
    return counts;
  }

  private Stream<String> lines(String metric, String... labels) {
    return Arrays.stream(text.split("\n"))
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains));
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
