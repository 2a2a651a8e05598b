package io.roomlog.tests.world;

import io.roomlog.local.LocalRun;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

/**
 * What {@code /metrics} showed at a moment.
 *
 * @param text in Prometheus's format
 */
public record Scrape(String text) {

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
    return Arrays.stream(text.split("\n"))
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
