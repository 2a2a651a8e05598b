import { isRoom } from "./address.js";

/** Rooms that are joined on a first visit. */
const FIRST_ROOMS = ["lobby"];

/** Bytes of a name: docs/protocol.md. */
export const NAME_BYTES_MAX = 128;

/**
 * What this browser remembers of one server. Where it may store nothing (a private window), it
 * remembers until the page is closed.
 */
export class Settings {
  #prefix;
  #local;
  #session;

  /**
   * @param {string} server
   * @param {Storage | undefined} local
   * @param {Storage | undefined} session
   */
  constructor(server, local, session) {
    this.#prefix = `roomlog ${server} `;
    this.#local = forgiving(local);
    this.#session = forgiving(session);
  }

  get name() {
    return this.#local.get(`${this.#prefix}name`) ?? "";
  }

  set name(name) {
    this.#local.set(`${this.#prefix}name`, name);
  }

  /** This browser's own key; it stays the same over reloads, so that a send again is no second send. */
  get client() {
    return this.#once("client", () => randomKey(16));
  }

  /** By this the page knows its own messages again. Everybody can read it, unlike the key. */
  get tag() {
    return this.#once("tag", () => randomKey(4));
  }

  /** A token is kept for this tab only. */
  get token() {
    return this.#session.get(`${this.#prefix}token`) ?? "";
  }

  set token(token) {
    this.#session.set(`${this.#prefix}token`, token);
  }

  /** @returns {string[]} */
  get rooms() {
    const rooms = this.#json("rooms", FIRST_ROOMS);
    if (!Array.isArray(rooms)) return FIRST_ROOMS;
    return rooms.filter((room) => typeof room === "string" && isRoom(room));
  }

  set rooms(rooms) {
    this.#local.set(`${this.#prefix}rooms`, JSON.stringify(rooms));
  }

  /** @param {string} room @returns {number | undefined} the last position that was read */
  readTo(room) {
    return this.#json(`read ${room}`, undefined);
  }

  /** @param {string} room @param {number} position */
  setReadTo(room, position) {
    this.#local.set(`${this.#prefix}read ${room}`, JSON.stringify(position));
  }

  /** @param {string} room */
  forget(room) {
    this.#local.remove(`${this.#prefix}read ${room}`);
  }

  /**
   * What was written and is not known to be stored, in the order in which it was written. Each
   * message has an entry of its own, so that two tabs do not undo each other's.
   *
   * @param {string} room
   * @returns {{id: string, data: any, at: number}[]}
   */
  unsent(room) {
    const prefix = `${this.#prefix}unsent ${room} `;
    return this.#local
      .keys()
      .filter((key) => key.startsWith(prefix))
      .map((key) => parsed(this.#local.get(key), undefined))
      .filter((item) => item && typeof item.id === "string")
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  /** @param {string} room @param {{id: string, data: any, at: number}} item */
  keepUnsent(room, { id, data, at }) {
    this.#local.set(`${this.#prefix}unsent ${room} ${id}`, JSON.stringify({ id, data, at }));
  }

  /** @param {string} room @param {string} id */
  dropUnsent(room, id) {
    this.#local.remove(`${this.#prefix}unsent ${room} ${id}`);
  }

  /** Rooms for which something is kept to be sent. @returns {string[]} */
  get unsentRooms() {
    const prefix = `${this.#prefix}unsent `;
    const rooms = this.#local
      .keys()
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length).split(" ")[0]);
    return [...new Set(rooms)].filter(isRoom);
  }

  /** @param {string} name @param {() => string} make */
  #once(name, make) {
    const key = this.#prefix + name;
    let value = this.#local.get(key);
    if (!value) this.#local.set(key, (value = make()));
    return value;
  }

  /** @param {string} name @param {any} otherwise */
  #json(name, otherwise) {
    return parsed(this.#local.get(this.#prefix + name), otherwise);
  }
}

/**
 * What is wrong with a display name, or nothing.
 *
 * @param {string} name
 */
export function nameProblem(name) {
  const bytes = new TextEncoder().encode(name).length;
  if (!name.trim()) return "Please choose a name.";
  if (bytes > NAME_BYTES_MAX) return `The name is ${bytes} bytes; the limit is ${NAME_BYTES_MAX}.`;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return "The name must have no control characters.";
  return undefined;
}

/** @param {number} bytes */
export function randomKey(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(36).padStart(2, "0")).join("");
}

/** @param {string | undefined} text @param {any} otherwise */
function parsed(text, otherwise) {
  try {
    return text === undefined ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/**
 * A storage that remembers here what the browser does not store.
 *
 * @param {Storage | undefined} storage
 */
function forgiving(storage) {
  /** @type {Map<string, string>} */
  const here = new Map();
  const tried = (/** @type {() => any} */ act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  return {
    /** @param {string} key @returns {string | undefined} */
    get: (key) => here.get(key) ?? tried(() => storage?.getItem(key)) ?? undefined,
    set: (/** @type {string} */ key, /** @type {string} */ value) => {
      tried(() => storage?.setItem(key, value));
      if (tried(() => storage?.getItem(key)) === value) here.delete(key);
      else here.set(key, value);
    },
    remove: (/** @type {string} */ key) => {
      here.delete(key);
      tried(() => storage?.removeItem(key));
    },
    keys: () => [...new Set([...here.keys(), ...(tried(() => Object.keys(storage ?? {})) ?? [])])],
  };
}
