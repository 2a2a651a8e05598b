package io.roomlog.local.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.policies.AccessKey;
import io.roomlog.local.policies.Replayed;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands before DynamoDB Local and answers some of the functions' reads from an earlier state, as
 * DynamoDB may unless a read is strongly consistent or part of a transaction. DynamoDB Local's
 * reads themselves are always fresh.
 */
public final class StaleReads extends Handler.Wrapper {
  /** DynamoDB takes requests of up to 16 MB. */
  private static final int REQUEST_BYTES_MAX = 16 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> accessKeys;
  private final TableFaults faults;
  private volatile @Nullable Replica replica;

  /**
   * Puts stale reads before a handler; all reads are fresh until there is a replica.
   *
   * @param accessKeys the functions' access keys
   * @param faults decides which reads are answered from the replica, and counts those that differ
   */
  public StaleReads(Handler behind, Set<String> accessKeys, TableFaults faults) {
    super(behind);
    this.accessKeys = Set.copyOf(accessKeys);
    this.faults = faults;
  }

  /** Reads from a replica from now on. */
  public void readFrom(Replica earlier) {
    replica = earlier;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Replica earlier = replica;
    if (earlier == null) {
      return super.handle(request, response, callback);
    }
    byte[] body = Content.Source.asInputStream(request).readNBytes(REQUEST_BYTES_MAX);
    Optional<Operation> operation = operation(request, body);
    if (operation.filter(Operation::mayBeStale).isPresent() && isOfFunction(request)) {
      return read(earlier, request, body, response, callback);
    }
    try {
      return super.handle(new Replayed(request, body), response, callback);
    } finally {
      operation.map(Operation::writes).ifPresent(earlier::written);
    }
  }

  /** What is malformed is DynamoDB's to refuse. */
  private static Optional<Operation> operation(Request request, byte[] body) throws IOException {
    try {
      return Optional.of(new Operation(Operation.nameOf(request), JSON.readTree(body)));
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }

  private boolean isOfFunction(Request request) {
    return AccessKey.of(request).filter(accessKeys::contains).isPresent();
  }

  /** A stale answer that says what a fresh one does is none: only those that differ are counted. */
  private boolean read(
      Replica earlier, Request request, byte[] body, Response response, Callback callback)
      throws Exception {
    if (!faults.onStaleRead()) {
      return super.handle(new Replayed(request, body), response, callback);
    }
    Captured fresh = new Captured(request, response);
    super.handle(new Replayed(request, body), fresh, Callback.NOOP);
    Captured stale = new Captured(request, response);
    earlier.handler().handle(new Replayed(request, body), stale, Callback.NOOP);
    if (fresh.succeeded() && stale.succeeded() && !fresh.json().equals(stale.json())) {
      faults.staleReadStruck();
      stale.give(response, callback);
    } else {
      fresh.give(response, callback);
    }
    return true;
  }
}
