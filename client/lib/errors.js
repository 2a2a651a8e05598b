/**
 * The protocol's codes, and of the client's own: `closed`, `queue_full`, and `log_reset` (the room's log is
 * another one than before, e.g. one from a backup: begin anew).
 *
 * @typedef {"invalid_room" | "invalid_data" | "invalid_id" | "invalid_field" | "too_large"
 *   | "too_many_rooms" | "not_a_member" | "not_found" | "forbidden" | "expired" | "rate_limited"
 *   | "unavailable" | "closed" | "queue_full" | "log_reset"} Code
 */

/** Whatever the library refuses or the server has refused. */
export class RoomlogError extends Error {
  /**
   * @param {Code | (string & {})} code
   * @param {string} message names the field, its form or size, and the limit
   * @param {boolean} [temporary]
   */
  constructor(code, message, temporary = false) {
    super(message);
    this.name = "RoomlogError";
    /**
     * Of the protocol, or `closed`, `queue_full`, `log_reset`. A later server may have others.
     *
     * @type {Code | (string & {})}
     */
    this.code = code;
    /** The same may be taken a little later. */
    this.temporary = temporary;
  }
}
