package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.dynamo.UnreadableItem;
import io.roomlog.core.log.AppendFailed;
import io.roomlog.core.log.SenderBanned;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.core.wire.Json;
import io.roomlog.handlers.identity.Identity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Answers a frame in the same breath, as a route response: that spends none of the account's calls
 * to {@code @connections}. Whatever a client can get wrong and whatever may pass is answered as an
 * error of the protocol; a bug is not, the gateway says {@code Internal server error} for it.
 */
final class Reply {

  private static final Logger log = LoggerFactory.getLogger(Reply.class);

  private Reply() {}

  /** What a route does with a frame. */
  interface Action {
    /**
     * Does it.
     *
     * @return the answer
     * @throws Refused if the frame is not taken; then nothing has been changed
     */
    ObjectNode to(Fields fields, Identity identity) throws InterruptedException;
  }

  /** What is done for whoever asked. */
  interface Work {
    ObjectNode answer() throws InterruptedException;
  }

  /**
   * Who asked, for the log.
   *
   * @param by what the id is of, e.g. {@code connectionId}
   * @param id the id
   * @param route what was asked
   */
  record Asker(String by, String id, String route) {

    private LoggingEventBuilder in(LoggingEventBuilder event) {
      return event.addKeyValue(by, id).addKeyValue("route", route);
    }
  }

  static APIGatewayV2WebSocketResponse to(
      APIGatewayV2WebSocketEvent event, Metrics metrics, Action action) {
    var context = event.getRequestContext();
    String body = event.getBody();
    ObjectNode answer =
        answer(
            body,
            metrics,
            new Asker("connectionId", context.getConnectionId(), context.getRouteKey()),
            () -> {
              Fields fields = Fields.of(body);
              fields.ref();
              return action.to(fields, Identity.of(context));
            });
    APIGatewayV2WebSocketResponse response = Answers.ok();
    response.setBody(Json.minimal(answer));
    return response;
  }

  /** Does the work, and makes an answer of what it throws. */
  static ObjectNode answer(@Nullable String body, Metrics metrics, Asker asker, Work work) {
    try {
      return work.answer();
    } catch (Refused refused) {
      metrics.count(refused.metric());
      asker
          .in(log.atLevel(refused.logLevel()))
          .addKeyValue("code", refused.code().code())
          .addKeyValue("reason", refused.reason())
          .log("frame_refused");
      return error(body, refused.code(), refused.reason());
    } catch (SenderBanned banned) {
      metrics.count(Metric.FRAMES_REFUSED);
      asker.in(log.atWarn()).addKeyValue("code", "forbidden").log("frame_refused");
      return error(body, ErrorCode.FORBIDDEN, Banned.reason(banned.until()));
    } catch (StorageUnavailable | AppendFailed e) {
      metrics.count(Metric.STORAGE_UNAVAILABLE);
      asker.in(log.atError()).addKeyValue("reason", e.getMessage()).log("storage_unavailable");
      return error(
          body,
          ErrorCode.UNAVAILABLE,
          "the storage does not answer; what carries an id may be sent again");
    } catch (UnreadableItem e) {
      asker.in(log.atError()).addKeyValue("reason", e.getMessage()).log("item_unreadable");
      return error(
          body,
          ErrorCode.UNAVAILABLE,
          "a newer version is being deployed; what carries an id may be sent again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while answering", e);
    } finally {
      metrics.flush();
    }
  }

  private static ObjectNode error(@Nullable String body, ErrorCode code, String message) {
    return Fields.answer("error", ref(body))
        .put("code", code.code())
        .put("message", message)
        .put("temporary", code.isTemporary());
  }

  /** Repeated also for a frame that is too broken to be taken, as long as a ref can be made out. */
  private static @Nullable JsonNode ref(@Nullable String body) {
    Optional<JsonNode> frame = Json.parseLeniently(body == null ? "" : body);
    try {
      return frame.map(Fields::new).map(Fields::ref).orElse(null);
    } catch (Refused alsoMalformed) {
      return null;
    }
  }
}
