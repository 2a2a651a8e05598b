package io.roomlog.fanout.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Finds the queue of a run on this machine, which says at {@code /_roomlog/} where it is. */
final class LocalQueue {

  /** The queue's name in the template. */
  private static final String LOGICAL_ID = "CrowdRanges";

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  private LocalQueue() {}

  /** What came of the search. */
  sealed interface Search {
    /** It is there. */
    record Found(URI url) implements Search {}

    /** It is not, as the line says. */
    record Missing(String line) implements Search {}
  }

  /**
   * Asks the run whose clients connect to a port.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for the answer
   */
  static Search find(int port) throws InterruptedException {
    URI view = URI.create("http://localhost:" + port + "/_roomlog/");
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
      HttpRequest request = HttpRequest.newBuilder(view).timeout(ANSWER_MAX).build();
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return url(answer)
          .<Search>map(Search.Found::new)
          .orElseGet(() -> new Search.Missing(view + " names no queue " + LOGICAL_ID));
    } catch (IOException e) {
      return new Search.Missing(
          "no run answers at " + view + "; start ./roomlog, or name a --port or a --queue-url");
    }
  }

  private static Optional<URI> url(String view) {
    return Json.parseLeniently(view)
        .map(json -> json.path("queues").path(LOGICAL_ID).path("url"))
        .filter(JsonNode::isTextual)
        .map(url -> URI.create(url.textValue()));
  }
}
