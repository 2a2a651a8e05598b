/** What a room's name may be: docs/protocol.md. */
const ROOM = /^[A-Za-z0-9._:-]{1,128}$/;
const PLACE = /^#?([A-Za-z0-9._:-]{1,128})(?:\/([1-9][0-9]{0,15}))?$/;

/** @param {string} name */
export function isRoom(name) {
  return ROOM.test(name);
}

/**
 * Reads `#room` or `#room/position`.
 *
 * @param {string} hash
 * @returns {{room: string, position?: number} | undefined} nothing if it is neither
 */
export function placeOf(hash) {
  const match = PLACE.exec(hash);
  if (!match) return undefined;
  const position = match[2] === undefined ? undefined : Number(match[2]);
  if (position !== undefined && !Number.isSafeInteger(position)) return undefined;
  return { room: match[1], ...(position === undefined ? {} : { position }) };
}

/**
 * @param {string} room
 * @param {number} [position]
 */
export function hashOf(room, position) {
  return position === undefined ? `#${room}` : `#${room}/${position}`;
}

/**
 * What stands in the page's address for the start: `server`, `name` and `token` in the query or, as
 * `#token=…`, behind the place. A token must not stay there: it would be in the history and in
 * bookmarks, so `clean` is the address without it.
 *
 * @param {string} href
 */
export function startOf(href) {
  const url = new URL(href);
  let token = url.searchParams.get("token") ?? undefined;
  const inHash = /(?:^#|&)token=([^&]*)/.exec(url.hash);
  if (inHash) {
    token = inHash[1];
    url.hash = url.hash.replace(/&?token=[^&]*/, "");
  }
  const server = url.searchParams.get("server") ?? undefined;
  const name = url.searchParams.get("name") ?? undefined;
  url.searchParams.delete("token");
  return { server, name, token, clean: url.href.replace(/#$/, "") };
}

/**
 * Where to connect.
 *
 * @param {string} text a WebSocket address, or one relative to the page such as `/Prod`
 * @param {string} page the page's own address
 * @returns {string}
 * @throws {RangeError} that says what is wrong with it
 */
export function serverOf(text, page) {
  let url;
  try {
    url = new URL(text, page);
  } catch {
    throw new RangeError(`server is '${text}'; it must be an address such as wss://host/stage`);
  }
  if (url.protocol === "http:") url.protocol = "ws:";
  if (url.protocol === "https:") url.protocol = "wss:";
  if (url.protocol !== "ws:" && url.protocol !== "wss:") {
    throw new RangeError(`server is '${text}'; it must begin with wss:// or ws://`);
  }
  if (
    url.protocol === "ws:" &&
    !isLoopback(url.hostname) &&
    url.hostname !== new URL(page).hostname
  ) {
    throw new RangeError(
      `server is '${text}'; ws:// is for this machine, other servers need wss://`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new RangeError(`server is '${text}'; it must have no user, no ? and no #`);
  }
  return url.href.replace(/\/$/, "");
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}
