/** @typedef {import("../lib/types.js").Entry} Entry */

/** Entries that are kept of a room at most; what is further away is read again when it is wanted. */
export const ENTRIES_MAX = 20_000;

/** Of the latest entries so many are kept beside a window that is elsewhere. */
const TAIL_MAX = 500;

const PAGE = 200;

/** A position that is handed out and not filled yet holds up what is read forward; ask again after it. */
const PENDING_MS = 1_000;

/** After a refusal the next scrolling must not ask again at once. */
const REFUSED_MS = 5_000;

/** Entries that are shown before one that a link leads to. */
const CONTEXT = 60;

/**
 * A window on a room's log: entries without a gap from `from` to `to`, which grows at its ends as one
 * reads on. It is *attached* if it reaches to what arrives now. A link to an old message detaches it, and
 * reading on forward attaches it again; meanwhile what arrives is in a tail of its own.
 */
export class Timeline {
  /** @type {Entry[]} */
  entries = [];
  /** @type {Entry[]} */
  tail = [];
  isAttached = true;
  /** The lowest position that can still be read. */
  first = 1;
  /** While a page is on its way. @type {"" | "before" | "after" | "at"} */
  loading = "";

  #read;
  #changed;
  #pause;
  #generation = 0;

  /**
   * @param {(options: {before?: number, after?: number, limit: number, all: true}) => Promise<any>} read
   *   reads a page of the log
   * @param {() => void} changed
   * @param {(ms: number) => Promise<void>} pause
   */
  constructor(read, changed, pause) {
    this.#read = read;
    this.#changed = changed;
    this.#pause = pause;
  }

  /** The lowest position of the window. */
  get from() {
    return this.entries[0]?.position ?? this.#emptyAt + 1;
  }

  /** The highest position of the window. */
  get to() {
    return this.entries.at(-1)?.position ?? this.#emptyAt;
  }

  #emptyAt = 0;

  /** Whether there is more to read above. */
  get hasBefore() {
    return this.entries.length > 0 && this.from > this.first;
  }

  /** Begins with the latest page of the log. @param {any} page */
  begin(page) {
    this.#generation++;
    this.loading = "";
    this.first = page.first;
    this.entries = page.messages.slice();
    this.tail = page.messages.slice(-TAIL_MAX);
    this.#emptyAt = page.to;
    this.isAttached = true;
    this.#changed();
  }

  /** What comes next in the log. @param {Entry} entry */
  arrive(entry) {
    this.tail.push(entry);
    // Twice as many at most, so that the front is not moved with each.
    if (this.tail.length > 2 * TAIL_MAX) this.tail.splice(0, this.tail.length - TAIL_MAX);
    if (this.isAttached) {
      this.entries.push(entry);
      if (this.entries.length > ENTRIES_MAX * 1.1) {
        this.entries.splice(0, this.entries.length - ENTRIES_MAX);
      }
    }
    this.#changed();
  }

  /** Reads what is above. */
  async loadBefore() {
    if (this.loading || !this.hasBefore) return;
    await this.#load("before", { before: this.from }, (page) => {
      this.entries.unshift(...page.messages);
      if (page.messages.length === 0) this.first = this.from;
      if (this.entries.length > ENTRIES_MAX) {
        this.entries.length = ENTRIES_MAX;
        this.isAttached = false;
      }
    });
  }

  /** Reads what is below, if the window does not reach to what arrives now. */
  async loadAfter() {
    if (this.loading || this.isAttached) return;
    await this.#load("after", { after: this.to }, (page) => {
      this.entries.push(...page.messages);
      if (this.entries.length > ENTRIES_MAX)
        this.entries.splice(0, this.entries.length - ENTRIES_MAX);
      this.#attach();
    });
  }

  /**
   * Moves the window to a position, unless it is in it.
   *
   * @param {number} position
   */
  async show(position) {
    if (position >= this.from && position <= this.to) return;
    const after = Math.max(0, position - CONTEXT - 1);
    this.#generation++;
    /** @param {any} options */
    const read = async (options) => {
      const page = await this.#read(options);
      // Where messages are long a page may end before the one that is wanted.
      const isShort = page.to < position && page.more && !page.pending;
      return isShort ? this.#read({ ...options, after: position - 1 }) : page;
    };
    /** @param {any} page */
    const take = (page) => {
      if (page.messages.length === 0) return this.latest();
      this.entries = page.messages.slice();
      this.isAttached = false;
      this.#attach();
    };
    await this.#load("at", { after }, take, read);
  }

  /** Moves the window to what arrives now. */
  latest() {
    if (this.isAttached) return;
    this.#generation++;
    this.loading = "";
    this.entries = this.tail.slice();
    this.isAttached = true;
    this.#changed();
  }

  #attach() {
    const next = this.tail[0];
    if (next && this.to < next.position - 1) return;
    this.entries.push(...this.tail.filter((entry) => entry.position > this.to));
    this.isAttached = true;
  }

  /**
   * @param {"before" | "after" | "at"} what
   * @param {{before?: number, after?: number}} where
   * @param {(page: any) => void} take
   * @param {(options: any) => Promise<any>} read
   */
  async #load(what, where, take, read = this.#read) {
    const generation = this.#generation;
    this.loading = what;
    this.#changed();
    try {
      const page = await read({ ...where, limit: PAGE, all: true });
      // Meanwhile the window may have moved: then this page is for nobody.
      if (generation !== this.#generation) return;
      this.first = page.first;
      take(page);
      if (page.pending && page.messages.length === 0) await this.#pause(PENDING_MS);
    } catch (error) {
      await this.#pause(REFUSED_MS);
      throw error;
    } finally {
      if (generation === this.#generation) this.loading = "";
      this.#changed();
    }
  }
}
