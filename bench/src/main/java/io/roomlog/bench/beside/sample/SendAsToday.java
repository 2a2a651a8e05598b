package io.roomlog.bench.beside.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The sample's sending function as it behaves today. Kept of it:
 *
 * <ul>
 *   <li>one Scan without paging, so one page of a megabyte is everybody;
 *   <li>a post a connection, all begun, of which as many are under way as the Node SDK has sockets
 *       unless told otherwise, {@value #SOCKETS};
 *   <li>the first post that fails ends the function with 500 whatever its cause: the newer SDK's
 *       errors have no {@code statusCode}, so its branch for 410 is never taken and a dead row
 *       stays;
 *   <li>what has not been posted by then goes on when the environment serves its next message.
 * </ul>
 *
 * Left out: its {@code $connect} and {@code $disconnect}, since the rows are put by the
 * measurement.
 */
public final class SendAsToday
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final int SOCKETS = 50;

  private final Sample sample;
  private final Freezer freezer = new Freezer();

  /** With the function's variables. */
  public SendAsToday(Map<String, String> environment) {
    this.sample = Sample.of(environment, SOCKETS);
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, Context context) {
    freezer.thaw();
    try {
      postToAll(Sample.frame(event));
      return Sample.status(200);
    } catch (ExecutionException e) {
      return Sample.status(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while posting", e);
    } finally {
      freezer.freeze();
    }
  }

  private void postToAll(SdkBytes frame) throws InterruptedException, ExecutionException {
    CompletionService<String> posts = new ExecutorCompletionService<>(sample.threads());
    List<String> ids =
        Sample.ids(sample.dynamo().scan(scan -> scan.tableName(sample.table())).items());
    ids.forEach(
        id ->
            posts.submit(
                () -> {
                  freezer.awaitThaw();
                  sample.post(id, frame);
                  return id;
                }));
    for (int i = 0; i < ids.size(); i++) {
      posts.take().get();
    }
  }
}
