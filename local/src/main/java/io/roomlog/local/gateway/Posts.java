package io.roomlog.local.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to clients. A 200 says that the message was taken for the client, not that the client has
 * it; a client that reads too slowly has its buffer full and gets 429, and nobody waits for it.
 */
final class Posts {

  private static final Logger log = LoggerFactory.getLogger(Posts.class);

  private final Connections connections;
  private final Faults faults;
  private final Answers answers;

  Posts(Connections connections, Faults faults, Answers answers) {
    this.connections = connections;
    this.faults = faults;
    this.answers = answers;
  }

  /** Answers a post whose body has been read. */
  void post(String connectionId, BoundedBody.Body body, Response response, Callback callback) {
    switch (body) {
      case BoundedBody.Body.Broken(Throwable cause) -> callback.failed(cause);
      case BoundedBody.Body.TooLarge() ->
          answers.error(ApiError.PAYLOAD_TOO_LARGE, "Message too long", response, callback);
      case BoundedBody.Body.Whole(ByteBuffer text) when !isUtf8(text) ->
          // A text frame of anything else would make the client close the connection.
          answers.error(ApiError.BAD_REQUEST, "Data is not valid UTF-8", response, callback);
      case BoundedBody.Body.Whole(ByteBuffer text) -> {
        Optional<Fault> fault = faults.onPost(connectionId);
        if (fault.isPresent()) {
          strike(fault.get(), connectionId, text, response, callback);
        } else {
          post(connectionId, text, response, callback);
        }
      }
    }
  }

  private void post(String connectionId, ByteBuffer text, Response response, Callback callback) {
    int bytes = text.remaining();
    SendBuffer.Offer offer = send(connectionId, text);
    log.atDebug()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("bytes", bytes)
        .addKeyValue("offer", offer)
        .log("post");
    switch (offer) {
      case TAKEN -> answers.empty(200, response, callback);
      case CLOSED -> answers.bareError(ApiError.GONE, response, callback);
      case FULL ->
          answers.error(
              ApiError.LIMIT_EXCEEDED, "The client's send buffer is full", response, callback);
    }
  }

  private static boolean isUtf8(ByteBuffer text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(text.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private SendBuffer.Offer send(String connectionId, ByteBuffer text) {
    return connections
        .find(connectionId)
        .map(connection -> connection.send(text))
        .orElse(SendBuffer.Offer.CLOSED);
  }

  private void strike(
      Fault fault, String connectionId, ByteBuffer text, Response response, Callback callback) {
    log.atDebug()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("bytes", text.remaining())
        .addKeyValue("fault", fault.label())
        .log("post_struck");
    switch (fault) {
      case POST_GONE -> answers.bareError(ApiError.GONE, response, callback);
      case POST_THROTTLED ->
          answers.error(ApiError.LIMIT_EXCEEDED, "Too Many Requests", response, callback);
      case POST_FAILED ->
          answers.error(ApiError.INTERNAL, "Internal server error", response, callback);
      case POST_DELIVERED_YET_FAILED -> {
        send(connectionId, text);
        answers.error(ApiError.INTERNAL, "Internal server error", response, callback);
      }
      case POST_HANGS -> {}
      case CONNECTION_VANISHES -> {
        connections.find(connectionId).ifPresent(Connection::vanish);
        answers.empty(200, response, callback);
      }
      case DISCONNECT_DROPPED -> throw new IllegalStateException(fault + " is no fault of a post");
    }
  }
}
