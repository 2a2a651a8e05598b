/**
 * Who a connection is and what it may do: decided once by the authorizer, from a token or from what
 * an anonymous client says of itself, and handed by the gateway to every later route.
 *
 * <p>A reader begins at {@link io.roomlog.handlers.identity.SignedTokens} (is it genuine?), {@link
 * io.roomlog.handlers.identity.Claims} (what does it say?), {@link
 * io.roomlog.handlers.identity.Rights} (what follows?) and {@link
 * io.roomlog.handlers.identity.Identity} (how does it travel?).
 */
@NullMarked
package io.roomlog.handlers.identity;

import org.jspecify.annotations.NullMarked;
