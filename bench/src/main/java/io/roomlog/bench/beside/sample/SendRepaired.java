package io.roomlog.bench.beside.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The sample's way as it was meant: all pages of the Scan, a post a connection with as many at once
 * as Roomlog's fan-out makes, and a 410 deletes the row of the connection that is gone and harms
 * nobody else. It answers when every post is over, with 500 if one failed otherwise.
 */
public final class SendRepaired
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final int POSTS_AT_ONCE = 128;

  private final Sample sample;

  /** With the function's variables. */
  public SendRepaired(Map<String, String> environment) {
    this.sample = Sample.of(environment, POSTS_AT_ONCE);
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, Context context) {
    try {
      return Sample.status(postToAll(Sample.frame(event)) ? 200 : 500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while posting", e);
    }
  }

  private boolean postToAll(SdkBytes frame) throws InterruptedException {
    List<Callable<String>> posts =
        sample.dynamo().scanPaginator(scan -> scan.tableName(sample.table())).stream()
            .flatMap(page -> Sample.ids(page.items()).stream())
            .<Callable<String>>map(id -> () -> post(id, frame))
            .toList();
    boolean all = true;
    for (Future<String> post : sample.threads().invokeAll(posts)) {
      all &= succeeded(post);
    }
    return all;
  }

  private String post(String id, SdkBytes frame) {
    try {
      sample.post(id, frame);
    } catch (GoneException e) {
      Map<String, AttributeValue> key = Map.of(Sample.KEY, AttributeValue.fromS(id));
      sample.dynamo().deleteItem(delete -> delete.tableName(sample.table()).key(key));
    }
    return id;
  }

  private static boolean succeeded(Future<String> post) throws InterruptedException {
    try {
      post.get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
