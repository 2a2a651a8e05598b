package io.roomlog.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Finds the run on this machine, which says at {@code /_roomlog/} where everything of it is. */
final class LocalSite {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  /** No function's, so a run asks no further. */
  private static final StaticCredentialsProvider OPERATOR =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "operator"));

  private LocalSite() {}

  /**
   * Asks the run whose clients connect to a port.
   *
   * @throws CommandFailed if none answers
   * @throws InterruptedException if the thread is interrupted while it waits for the answer
   */
  static Site at(int port) throws InterruptedException {
    URI view = URI.create("http://localhost:" + port + "/_roomlog/");
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
      HttpRequest request = HttpRequest.newBuilder(view).timeout(ANSWER_MAX).build();
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      JsonNode run =
          Json.parseLeniently(answer)
              .filter(json -> json.has("endpoints"))
              .orElseThrow(
                  () -> new CommandFailed(view + " is no run that has started: " + answer.strip()));
      return site(view, run);
    } catch (IOException e) {
      throw new CommandFailed(
          "no run answers at " + view + "; start ./roomlog, or name a --port or a --stack");
    }
  }

  private static Site site(URI view, JsonNode run) {
    Map<String, String> names = new HashMap<>();
    run.path("functions")
        .properties()
        .forEach(each -> names.put(each.getKey(), each.getValue().path("name").asText()));
    run.path("tables")
        .properties()
        .forEach(each -> names.put(each.getKey(), each.getValue().asText()));
    run.path("queues")
        .properties()
        .forEach(each -> names.put(each.getKey(), each.getValue().path("url").asText()));
    return new Site(
        "the run at " + view,
        names,
        new AwsSettings(
            Region.US_EAST_1, OPERATOR, endpoint(run, "dynamodb"), endpoint(run, "connections")),
        endpoint(run, "lambda"));
  }

  private static URI endpoint(JsonNode run, String name) {
    return URI.create(run.path("endpoints").path(name).asText());
  }
}
