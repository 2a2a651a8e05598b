const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Whether a text has the form of a JWT. Only the server can tell whether it is a good one. @param {string} text */
export function isToken(text) {
  return TOKEN.test(text);
}

/**
 * Whether a token says that it is over.
 *
 * @param {string} token
 * @param {number} now epoch milliseconds
 */
export function isOver(token, now) {
  try {
    const payload = /** @type {string} */ (token.split(".")[1]);
    const { exp } = JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/")));
    return exp * 1_000 <= now;
  } catch {
    return false;
  }
}
