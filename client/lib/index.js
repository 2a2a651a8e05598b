/**
 * Roomlog's client: every message of a room once and in order, and every send stored once, over
 * connections that break.
 *
 * @module
 */
import { RoomlogError } from "./errors.js";
import { isEntry, isPosition } from "./feed.js";
import { KEY, Outbox, utf8 } from "./outbox.js";
import { Reader } from "./reader.js";
import { Session, key } from "./session.js";

export { RoomlogError };

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Event} Event
 * @typedef {import("./types.js").Entry} Entry
 * @typedef {import("./types.js").Stored} Stored
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Events} Events
 * @typedef {import("./types.js").Options} Options
 * @typedef {import("./types.js").MessagesOptions} MessagesOptions
 * @typedef {import("./types.js").HistoryOptions} HistoryOptions
 * @typedef {import("./types.js").SendOptions} SendOptions
 */

/**
 * @template T
 * @typedef {import("./types.js").Page<T>} Page
 */

const NAME_BYTES = 128;
const NAME = /^[A-Za-z0-9._:-]{1,128}$/;

/** A connection that is kept up, and the rooms on it. Made by {@link connect}. */
export class Chat {
  /** @type {Session} */
  #session;
  /** @type {Map<string, Room>} */
  #rooms = new Map();

  /**
   * Not to be called: {@link connect} does.
   *
   * @param {any} session
   */
  constructor(session) {
    this.#session = session;
  }

  /** @returns {State} how the connection fares just now */
  get state() {
    return this.#session.state;
  }

  /** This client's key. */
  get client() {
    return this.#session.options.client;
  }

  /**
   * A room. Naming the first one opens the connection.
   *
   * @param {string} name 1-128 characters of `A-Z a-z 0-9 . _ : -`
   * @returns {Room} the same for the same name
   */
  room(name) {
    let room = this.#rooms.get(name);
    if (!room) {
      if (!NAME.test(name)) {
        throw new RoomlogError(
          "invalid_room",
          "room is not 1-128 characters of A-Z a-z 0-9 . _ : -",
        );
      }
      this.#rooms.set(name, (room = new Room(this.#session, name)));
    }
    return room;
  }

  /**
   * Hears of `state`, `gap`, `healed`, `lost` and `trouble`.
   *
   * @template {keyof Events} E
   * @param {E} event
   * @param {(detail: Events[E]) => void} listener
   * @returns {() => void} takes the listener away
   */
  on(event, listener) {
    return this.#session.on(event, listener);
  }

  /** Tries now to connect if it is offline; else opens the next connection and moves over to it. */
  reconnect() {
    this.#session.connect();
  }

  /** Ends it: iterations end, and sends that are not acknowledged are rejected with `closed`. */
  close() {
    this.#session.close();
  }
}

/** One room of a chat. */
export class Room {
  /** @type {Session} */
  #session;
  #feed;
  #outbox;

  /**
   * Not to be called: {@link Chat.room} does.
   *
   * @param {any} session
   * @param {string} name
   */
  constructor(session, name) {
    this.#session = session;
    this.#feed = session.feed(name);
    this.#outbox = new Outbox(session, name);
    this.name = name;
  }

  /**
   * Every message after a position: first from the log, then as they come, without a seam, each once
   * and in order, whatever happens to the connection. Leaving the loop leaves the room.
   *
   * The iteration throws a {@link RoomlogError} if the room is refused (`forbidden`, `too_many_rooms`), and
   * `log_reset` if the room's log has been replaced by an older one.
   *
   * @overload
   * @param {MessagesOptions & {all?: false}} [options]
   * @returns {AsyncIterableIterator<Message>}
   */
  /**
   * @overload
   * @param {MessagesOptions} options
   * @returns {AsyncIterableIterator<Entry>}
   */
  /**
   * @param {MessagesOptions} [options]
   * @returns {AsyncIterableIterator<any>}
   */
  messages(options = {}) {
    const { after = 0 } = options;
    if (!isPosition(after)) {
      throw new RoomlogError("invalid_field", `after is ${after}, not a position from 0`);
    }
    return new Reader(this.#session, this.#feed, options);
  }

  /**
   * Stores a message. Resolves when it is stored, for good; waits while there is no connection.
   *
   * @param {any} data any JSON value but the empty string, at most 24,576 bytes as JSON
   * @param {SendOptions} [options]
   * @returns {Promise<Stored>}
   * @throws {RoomlogError} rejects if this message is refused, and with `queue_full` or `closed`
   */
  send(data, { id = this.#session.newId() } = {}) {
    return this.#outbox.send(data, id);
  }

  /**
   * A page of the log. Waits while there is no connection.
   *
   * @overload
   * @param {HistoryOptions & {all?: false}} [options]
   * @returns {Promise<Page<Message>>}
   */
  /**
   * @overload
   * @param {HistoryOptions} options
   * @returns {Promise<Page<Entry>>}
   */
  /**
   * @param {HistoryOptions} [options]
   * @returns {Promise<Page<any>>}
   */
  async history({ after, before, limit, all } = {}) {
    const asked = JSON.stringify({ action: "history", room: this.name, after, before, limit });
    const answer = await this.#session.ask(() => asked.slice(1, -1));
    const { messages, from, to, head, first, more, pending } = answer;
    const entries = Array.isArray(messages) ? messages : [];
    return {
      messages: entries.filter((entry) => isEntry(entry) && (all || entry.type === undefined)),
      from,
      to,
      head,
      first,
      more,
      pending,
    };
  }
}

/**
 * Keeps a connection to a deployment.
 *
 * @param {string} url `wss://HOST/STAGE`, or `ws://localhost:3001/Prod`
 * @param {Options} [options]
 * @returns {Chat}
 */
export function connect(url, options = {}) {
  const global = /** @type {any} */ (globalThis);
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  const all = {
    client: key(),
    WebSocket: global.WebSocket,
    queueMessages: 1_000,
    queueBytes: 1_048_576,
    buffer: 1_000,
    reconnectFirst: 4_000,
    reconnectMax: 60_000,
    lifetime: 7_200_000,
    random: Math.random,
    clock: {
      now: Date.now,
      setTimeout: (/** @type {() => void} */ then, /** @type {number} */ ms) =>
        setTimeout(then, ms),
      clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
    },
    ...given,
  };
  if (!all.WebSocket) {
    throw new TypeError("no WebSocket here: give the option WebSocket, e.g. of the package ws");
  }
  const { name = "anonymous" } = options;
  if (!/^\P{Cc}+$/u.test(name) || utf8.encode(name).length > NAME_BYTES) {
    throw new RoomlogError("invalid_field", "name is not 1-128 bytes without control characters");
  }
  if (!KEY.test(all.client)) {
    throw new RoomlogError("invalid_field", "client is not 1-64 characters of A-Z a-z 0-9 . _ -");
  }
  return new Chat(new Session(new URL(url).href, /** @type {any} */ (all)));
}
