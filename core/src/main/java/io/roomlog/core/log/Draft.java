package io.roomlog.core.log;

import org.jspecify.annotations.Nullable;

/**
 * A message on its way into the log, already validated.
 *
 * @param id the client's own id, or null for a message that may be stored twice if it is sent twice
 * @param data the body as minimal JSON text
 */
public record Draft(@Nullable String id, String data) {}
