import { isEntry, isPosition } from "./feed.js";

/** @typedef {import("./types.js").Entry} Entry */

const LIMIT_FIRST = 50;
const LIMIT_MAX = 1_000;
const PENDING_FIRST = 500;
const PENDING_MAX = 5_000;

/**
 * Reads one room from a position on: an entry at a time, each once and in order. Entries come from what
 * was pushed, and from the log where that has gaps. It asks for nothing that nobody waits for, so a slow
 * consumer is no burden but on the log.
 *
 * @implements {AsyncIterableIterator<any>}
 */
export class Reader {
  /** The last position that was handed over. Not known before the room is joined, if it begins there. */
  /** @type {number | undefined} */
  cursor;

  #session;
  #feed;
  #all;
  /** @type {Array<{resolve: (result: any) => void, reject: (error: any) => void}>} */
  #calls = [];
  /** @type {Entry[]} read from the log, what follows the cursor first */
  #page = [];
  /** There is more in the log right behind the page. */
  #more = false;
  #limit = LIMIT_FIRST;
  #asking = false;
  #fruitless = 0;
  #pending = 0;
  /** @type {any} */
  #timer;
  /** @type {number | undefined} */
  #timerFor;
  #isDone = false;
  /** @type {any} */
  #failure;

  /**
   * @param {import("./session.js").Session} session
   * @param {import("./feed.js").Feed} feed
   * @param {import("./types.js").MessagesOptions} options
   */
  constructor(session, feed, { after, all }) {
    this.#session = session;
    this.#feed = feed;
    this.#all = all;
    this.cursor = after;
    if (session.isClosed) this.#isDone = true;
    else feed.add(this);
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** @returns {Promise<IteratorResult<any, undefined>>} */
  next() {
    return new Promise((resolve, reject) => {
      this.#calls.push({ resolve, reject });
      this.pump();
    });
  }

  /** @returns {Promise<IteratorResult<any, undefined>>} */
  return() {
    this.#end();
    return Promise.resolve({ value: undefined, done: true });
  }

  /** @param {any} error */
  fail(error) {
    this.#failure = error;
    this.#end();
  }

  /**
   * The log is another one, and what was read of the one before is worth nothing.
   *
   * @param {number} head
   * @param {any} error for who has read beyond it
   */
  reset(head, error) {
    this.#page = [];
    if ((this.cursor ?? 0) > head) this.fail(error);
  }

  #end() {
    this.#isDone = true;
    this.#page = [];
    this.#session.clear(this.#timer);
    this.#feed.remove(this);
    this.pump();
  }

  /** Hands over what there is, and sees to it that what is missing comes. */
  pump() {
    while (this.#calls.length && !this.#isDone) {
      if (!this.#take()) return this.#fetch();
    }
    for (const { resolve, reject } of this.#calls.splice(0)) {
      if (this.#failure) reject(this.#failure);
      else resolve({ value: undefined, done: true });
      this.#failure = undefined;
    }
  }

  /** Takes the next entry, if it is here, and hands it over to the first who waits. */
  #take() {
    if (this.cursor === undefined) return false;
    const next = this.cursor + 1;
    while (this.#page[0] && this.#page[0].position < next) this.#page.shift();
    const read = this.#page[0]?.position === next ? this.#page.shift() : undefined;
    const entry = read ?? this.#feed.held.get(next);
    if (!entry) return false;
    if (!read) this.#more = false;
    // Before anybody hears of it, who may end this iteration.
    if (this.#all || entry.type === undefined) {
      this.#calls.shift()?.resolve({ value: entry, done: false });
    }
    this.#moveTo(entry.position, read ? "history" : "push");
    return true;
  }

  /**
   * @param {number} position
   * @param {"push" | "history"} how
   */
  #moveTo(position, how) {
    this.cursor = position;
    this.#fruitless = this.#pending = 0;
    this.#feed.passed(position);
    this.#feed.reached(position, how);
    this.#session.settle();
  }

  #fetch() {
    const cursor = this.cursor;
    if (this.#asking || cursor === undefined) return;
    if (cursor >= this.#feed.head) return this.#forget();
    const isKnown = cursor < this.#feed.behind || this.#more;
    const wait =
      this.#pending || (isKnown && !this.#fruitless ? 0 : this.#session.wait(this.#fruitless));
    if (!wait) return void this.#ask(cursor);
    if (this.#timerFor === cursor) return;
    this.#forget();
    this.#timerFor = cursor;
    this.#timer = this.#session.after(wait, () => {
      this.#timerFor = undefined;
      if (this.cursor === cursor && this.#calls.length) this.#ask(cursor);
    });
    if (!isKnown) this.#feed.noticed(cursor);
  }

  /** What was to be asked is here, or asked already. */
  #forget() {
    this.#session.clear(this.#timer);
    this.#timerFor = undefined;
  }

  /** @param {number} cursor */
  async #ask(cursor) {
    this.#forget();
    this.#asking = true;
    const limit = Math.max(1, Math.min(this.#limit, this.#feed.missing(cursor)));
    try {
      this.#read(await this.#feed.page(cursor, limit), cursor, limit);
    } catch (e) {
      if (!this.#isDone) this.fail(e);
    }
    this.#asking = false;
    this.pump();
  }

  /**
   * @param {any} page
   * @param {number} cursor
   * @param {number} asked
   */
  #read(page, cursor, asked) {
    if (this.#isDone) return;
    const { from, to, first, messages, pending } = page;
    if (![from, to, first].every(isPosition) || !Array.isArray(messages)) {
      this.#fruitless++;
      return this.#session.trouble("malformed", `a page of ${this.#feed.name}`);
    }
    this.#skip(Math.min(from, first) - 1);
    const next = /** @type {number} */ (this.cursor) + 1;
    this.#page = messages.filter((entry) => isEntry(entry) && entry.position >= next);
    this.#page.sort((a, b) => a.position - b.position);
    this.#more = page.more === true && !pending;
    if (next === cursor + 1 && this.#page[0]?.position !== next) {
      this.#fruitless++;
      this.#pending = pending ? Math.min(PENDING_MAX, this.#pending * 2 || PENDING_FIRST) : 0;
    }
    this.#adapt(messages.length, asked);
    this.#feed.told(page.head);
  }

  /** As many as fitted into a page that was cut, and twice as many while all that is asked for fits. */
  /**
   * @param {number} fitted
   * @param {number} asked
   */
  #adapt(fitted, asked) {
    if (fitted >= this.#limit) this.#limit = Math.min(LIMIT_MAX, 2 * this.#limit);
    else if (fitted && fitted < asked && this.#more) this.#limit = fitted;
  }

  /** What expired before it was read cannot be read any more. @param {number} to */
  #skip(to) {
    const cursor = /** @type {number} */ (this.cursor);
    if (to <= cursor) return;
    this.#moveTo(to, "history");
    this.#feed.prune();
    this.#session.emit("lost", { room: this.#feed.name, from: cursor + 1, to });
  }
}
