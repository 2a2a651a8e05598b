package io.roomlog.core.snapshot;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * An HTTP client that reaches nothing: calls to DynamoDB are answered as by empty tables, all
 * others with an empty object. A client of the SDK on it does everything that it does otherwise, up
 * to the first byte on the wire.
 */
public final class Rehearsal implements SdkHttpClient {

  private static final String OPERATION = "X-Amz-Target";
  private static final String NOTHING = "{}";

  /** By the end of the operation's name; the counter hands out its first position. */
  private static final Map<String, String> ANSWERS =
      Map.of(
          "UpdateItem", "{\"Attributes\":{\"next\":{\"N\":\"1\"},\"at\":{\"N\":\"0\"}}}",
          "Query", "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");

  private Rehearsal() {}

  /** Makes such clients, whatever they are to be like. */
  public static SdkHttpClient.Builder<?> http() {
    return new Maker();
  }

  private static final class Maker implements SdkHttpClient.Builder<Maker> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new Rehearsal();
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    String answer =
        request
            .httpRequest()
            .firstMatchingHeader(OPERATION)
            .map(target -> target.substring(target.indexOf('.') + 1))
            .map(operation -> ANSWERS.getOrDefault(operation, NOTHING))
            .orElse(NOTHING);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return answered(answer);
      }

      @Override
      public void abort() {}
    };
  }

  private static HttpExecuteResponse answered(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(200)
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(body.length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  @Override
  public String clientName() {
    return "Rehearsal";
  }

  @Override
  public void close() {}
}
