package io.roomlog.core.dynamo;

import java.io.IOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * An HTTP client whose failures the SDK knows. When an attempt times out, the SDK disconnects it
 * from another thread; the URL-connection client then throws a {@link NullPointerException} out of
 * the JDK, if it was about to write ({@code HttpURLConnection.writeRequests}). The SDK takes that
 * for a bug and neither tries again nor says that the call failed. As an {@link IOException} it is
 * what it is: a connection that ended.
 */
final class RetriedHttp implements SdkHttpClient {

  private final SdkHttpClient http;

  private RetriedHttp(SdkHttpClient http) {
    this.http = http;
  }

  /** Builds a client and wraps it. */
  static SdkHttpClient.Builder<?> around(SdkHttpClient.Builder<?> http) {
    return new Wrapping(http);
  }

  private static final class Wrapping implements SdkHttpClient.Builder<Wrapping> {
    private final SdkHttpClient.Builder<?> http;

    Wrapping(SdkHttpClient.Builder<?> http) {
      this.http = http;
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new RetriedHttp(http.buildWithDefaults(defaults));
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = http.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return prepared.call();
        } catch (NullPointerException e) {
          throw new IOException("the attempt was cut off while it was being sent", e);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return http.clientName();
  }

  @Override
  public void close() {
    http.close();
  }
}
