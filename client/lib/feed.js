import { RoomlogError } from "./errors.js";

/** @typedef {import("./reader.js").Reader} Reader */
/** @typedef {import("./types.js").Entry} Entry */

/** @param {any} position */
export const isPosition = (position) => Number.isSafeInteger(position) && position >= 0;

/** @param {any} entry */
export const isEntry = (entry) => isPosition(entry?.position) && entry.position > 0;

/**
 * One room as its readers share it: its membership, its head, and the entries that were pushed and
 * that a reader has not got yet.
 */
export class Feed {
  /** @type {Set<Reader>} */
  readers = new Set();
  /** The highest position that was told. */
  head = 0;
  /** Up to here nothing will be pushed: it was stored before we joined, or was dropped here. */
  behind = 0;
  /** @type {Map<number, Entry>} */
  held = new Map();

  #session;
  #joinedHead = 0;
  /** @type {WeakSet<import("./link.js").Link>} */
  #joined = new WeakSet();
  /**
   * Joining and leaving, one after the other on each connection: frames may overtake each other. One
   * that is dead must not hold up the next.
   *
   * @type {WeakMap<import("./link.js").Link, Promise<void>>}
   */
  #turns = new WeakMap();
  /** @type {Map<number, Promise<any>>} */
  #pages = new Map();
  /** @type {{from: number, to: number, at: number} | undefined} */
  #gap;

  /**
   * @param {import("./session.js").Session} session
   * @param {string} name
   */
  constructor(session, name) {
    this.#session = session;
    this.name = name;
  }

  /** @param {import("./link.js").Link} link */
  isJoined(link) {
    return this.#joined.has(link);
  }

  isCaughtUp() {
    return !this.#isWanted(this.#joinedHead);
  }

  /** The last position that a reader has in sequence. */
  last() {
    const cursors = [...this.readers].flatMap((reader) => reader.cursor ?? []);
    return cursors.length ? Math.max(...cursors) : undefined;
  }

  /** @param {Reader} reader */
  add(reader) {
    this.readers.add(reader);
    for (const link of this.#session.links()) this.join(link);
  }

  /** @param {Reader} reader */
  remove(reader) {
    if (!this.readers.delete(reader)) return;
    this.prune();
    if (!this.readers.size) for (const link of this.#session.links()) this.leave(link);
    // It may have been what the others waited for.
    this.#session.settle();
  }

  /** @param {import("./link.js").Link} link */
  join(link) {
    this.#inTurn(link, async () => {
      if (!this.readers.size || link.isClosed) return;
      const after = this.last();
      const fields = this.#frame("join", after === undefined ? "" : `,"after":${after}`);
      const answer = await this.#session.ask(() => fields, link);
      if (answer) this.#isIn(link, answer, after);
    });
  }

  /** @param {import("./link.js").Link} link */
  leave(link) {
    this.#inTurn(link, async () => {
      if (this.readers.size || link.isClosed) return;
      this.#joined.delete(link);
      this.held.clear();
      // If this fails, what still comes is not wanted and dropped.
      await link.ask(this.#frame("leave"));
    });
  }

  /** @param {string} action @param {string} [fields] more of them */
  #frame(action, fields = "") {
    return `"action":"${action}","room":${JSON.stringify(this.name)}${fields}`;
  }

  /**
   * @param {import("./link.js").Link} link
   * @param {() => Promise<void>} step
   */
  #inTurn(link, step) {
    const before = this.#turns.get(link) ?? Promise.resolve();
    this.#turns.set(
      link,
      before.then(step).catch((e) => this.fail(e)),
    );
  }

  /**
   * @param {import("./link.js").Link} link
   * @param {any} answer
   * @param {number | undefined} after
   */
  #isIn(link, answer, after) {
    if (!isPosition(answer.head))
      return this.#session.trouble("malformed", "joined without a head");
    const head = answer.head;
    if (after !== undefined && after > head && answer.recovered === false) {
      this.head = head;
      this.held.clear();
      const message = `the log ends at ${head}, and ${after} was read: begin anew`;
      const error = new RoomlogError("log_reset", message);
      for (const reader of [...this.readers]) reader.reset(head, error);
    }
    this.#joined.add(link);
    this.#joinedHead = head;
    this.behind = Math.max(this.behind, head);
    for (const reader of this.readers) reader.cursor ??= head;
    this.prune();
    this.take(answer.messages ?? []);
    this.told(head);
    this.#session.settle();
  }

  /**
   * Entries, in any order.
   *
   * @param {any} entries
   */
  take(entries) {
    for (const entry of Array.isArray(entries) ? entries : [entries]) {
      if (!isEntry(entry)) {
        this.#session.trouble("malformed", `an entry without a position in ${this.name}`);
        continue;
      }
      this.head = Math.max(this.head, entry.position);
      if (this.#isWanted(entry.position)) {
        this.held.set(entry.position, entry);
        if (this.held.size > this.#session.options.buffer) this.#drop();
      }
    }
    this.told(this.head);
  }

  /** The oldest goes; whoever still needs it reads the log. */
  #drop() {
    const [oldest] = /** @type {Iterable<number>} */ (this.held.keys());
    this.held.delete(/** @type {number} */ (oldest));
    this.behind = Math.max(this.behind, /** @type {number} */ (oldest));
  }

  /**
   * A head that the server told.
   *
   * @param {any} head
   */
  told(head) {
    if (isPosition(head)) this.head = Math.max(this.head, head);
    for (const reader of [...this.readers]) reader.pump();
  }

  /** Nothing is to be read here any more. @param {any} error */
  fail(error) {
    for (const reader of [...this.readers]) reader.fail(error);
  }

  /** Lets go of what every reader has. */
  prune() {
    for (const position of [...this.held.keys()]) this.passed(position);
  }

  /** @param {number} position */
  passed(position) {
    if (!this.#isWanted(position)) this.held.delete(position);
  }

  /** A reader has not come there yet. @param {number} position */
  #isWanted(position) {
    return [...this.readers].some((reader) => (reader.cursor ?? 0) < position);
  }

  /**
   * A page after a position. Readers at the same place share it.
   *
   * @param {number} after
   * @param {number} limit
   */
  page(after, limit) {
    let page = this.#pages.get(after);
    if (!page) {
      const fields = this.#frame("history", `,"after":${after},"limit":${limit}`);
      page = this.#session.ask(() => fields).finally(() => this.#pages.delete(after));
      this.#pages.set(after, page);
    }
    return page;
  }

  /** How many positions are missing after one. @param {number} cursor */
  missing(cursor) {
    let next = this.head + 1;
    for (const position of this.held.keys()) {
      if (position > cursor && position < next) next = position;
    }
    return next - 1 - cursor;
  }

  /** A reader waits for positions that should have come. @param {number} cursor */
  noticed(cursor) {
    const from = cursor + 1;
    if (this.#gap && from <= this.#gap.to) return;
    const to = cursor + this.missing(cursor);
    this.#gap = { from, to, at: this.#session.now() };
    this.#session.emit("gap", { room: this.name, from, to });
  }

  /**
   * A reader has a position.
   *
   * @param {number} position
   * @param {"push" | "history"} how
   */
  reached(position, how) {
    if (!this.#gap || position < this.#gap.to) return;
    const { from, to, at } = this.#gap;
    this.#gap = undefined;
    this.#session.emit("healed", { room: this.name, from, to, how, ms: this.#session.now() - at });
  }
}
