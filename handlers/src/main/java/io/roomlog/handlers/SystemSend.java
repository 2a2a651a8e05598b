package io.roomlog.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Receipt;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.core.wire.Json;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.PersonName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends for a back end, which has no socket: whoever IAM lets invoke this function. The event is
 * the frame of a {@code send} with its room named, and with the sender, since a back end is
 * trusted; the result is the frame that {@code send} would be answered with.
 *
 * <p>The event is read as text, and not by Lambda's serializer, which would lose digits and take a
 * key twice.
 */
public final class SystemSend implements RequestStreamHandler {

  private static final Logger log = LoggerFactory.getLogger(SystemSend.class);

  /** Who a back end is that names itself nothing. */
  static final String DEFAULT_SENDER = "system";

  /** As much as a client's message over the gateway may have; Lambda would take 6 MB. */
  static final int EVENT_BYTES_MAX = 128 * 1024;

  private static final String SENDER = "sender";
  private static final String NAME = "name";

  /** No client's scope begins so: see {@link Identity}. */
  private static final String SCOPE_PREFIX = "system:";

  private final RoomLog rooms;
  private final Metrics metrics;

  /** For Lambda. */
  public SystemSend() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.systemSend(new SystemSend(rehearsing)));
  }

  /** For everybody else. */
  public SystemSend(Map<String, String> environment) {
    this(environment, Wiring.metrics(environment));
  }

  private SystemSend(Map<String, String> environment, Metrics metrics) {
    this(Wiring.roomLog(environment, metrics), metrics);
  }

  /** On a log that nobody measures. */
  public SystemSend(RoomLog rooms) {
    this(rooms, Metrics.none());
  }

  private SystemSend(RoomLog rooms, Metrics metrics) {
    this.rooms = rooms;
    this.metrics = metrics;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream result, @Nullable Context context)
      throws IOException {
    byte[] bytes = event.readNBytes(EVENT_BYTES_MAX + 1);
    String text = new String(bytes, UTF_8);
    ObjectNode answer =
        Reply.answer(
            text,
            metrics,
            new Reply.Asker(
                "requestId", context == null ? "" : context.getAwsRequestId(), "system"),
            () -> append(fields(bytes.length, text)));
    result.write(Json.minimal(answer).getBytes(UTF_8));
  }

  private static Fields fields(int bytes, String text) {
    if (bytes > EVENT_BYTES_MAX) {
      throw new Refused(
          ErrorCode.TOO_LARGE, "the event is over the limit of " + EVENT_BYTES_MAX + " bytes");
    }
    return Fields.of(text);
  }

  private ObjectNode append(Fields fields) throws InterruptedException {
    fields.ref();
    RoomName room = fields.room();
    Author author = author(fields);
    List<Draft> drafts = Drafts.of(fields);
    List<Receipt> receipts = rooms.append(room, author, drafts);
    log.atInfo()
        .addKeyValue("room", room.value())
        .addKeyValue(SENDER, author.sender())
        .addKeyValue("positions", receipts.stream().map(Receipt::position).toList())
        .log("appended");
    return Acks.answer(fields, room, drafts, receipts);
  }

  private static Author author(Fields fields) {
    String sender = name(fields, SENDER, DEFAULT_SENDER);
    return new Author(SCOPE_PREFIX + sender, sender, name(fields, NAME, sender));
  }

  private static String name(Fields fields, String field, String otherwise) {
    if (!fields.has(field)) {
      return otherwise;
    }
    JsonNode value = fields.get(field);
    Optional<String> fault =
        value.isTextual() ? PersonName.fault(value.textValue()) : Optional.of("is not a string");
    if (fault.isPresent()) {
      throw new Refused(ErrorCode.INVALID_FIELD, field + " " + fault.get());
    }
    return value.textValue();
  }
}
