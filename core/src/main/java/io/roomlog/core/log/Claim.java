package io.roomlog.core.log;

/**
 * Positions that were handed out.
 *
 * @param last the highest of them; they are consecutive
 * @param retention under which they were handed out, and must be written
 */
public record Claim(long last, Retention retention) {}
