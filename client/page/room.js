import { estimate, rowOf } from "./message.js";
import { Outbox } from "./outbox.js";
import { textOf } from "./text.js";
import { Timeline } from "./timeline.js";

/** More than this need not be counted to know that there is a lot to read. */
const UNREAD_MAX = 999;

/** Entries that are read of a room at first. */
const PAGE = 200;

/**
 * One room as the page has it: what is read of its log, what is on its way to it, and what its reader has
 * not seen.
 */
export class ChatRoom {
  /** What stopped it for good, e.g. a missing right. @type {string} */
  problem = "";
  /** Whether its latest messages have been read. */
  isRead = false;
  unread = 0;
  /** The last position that the reader has seen. */
  readTo = 0;
  /** When its latest messages have been read, or it was refused. @type {Promise<void>} */
  ready;
  #isReady = () => {};

  #library;
  #settings;
  #changed;
  #arrivedLive;
  #isConnected;
  /** @type {AsyncIterableIterator<any> | undefined} */
  #reading;
  /** @type {Map<any, any>} the row of an entry or of an item on its way */
  #rows = new Map();
  #isStopped = false;
  #sender = "";

  /**
   * @param {string} name
   * @param {import("../lib/index.js").Room} library
   * @param {import("./settings.js").Settings} settings
   * @param {object} around
   * @param {() => void} around.changed something of it is to be drawn again
   * @param {(entry: any) => void} around.arrived a message of somebody else has come
   * @param {() => boolean} around.isConnected whether what is written can go out now
   */
  constructor(name, library, settings, { changed, arrived, isConnected }) {
    this.name = name;
    this.#library = library;
    this.#settings = settings;
    this.#changed = changed;
    this.#arrivedLive = arrived;
    this.#isConnected = isConnected;
    this.timeline = new Timeline(
      (options) => library.history(options),
      changed,
      (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    );
    this.ready = new Promise((resolve) => (this.#isReady = resolve));
    let count = 0;
    this.outbox = new Outbox({
      send: (data, options) => library.send(data, options),
      keep: {
        unsent: () => settings.unsent(name),
        put: (item) => settings.keepUnsent(name, item),
        drop: (id) => settings.dropUnsent(name, id),
      },
      newId: () => `${settings.tag}.${Date.now().toString(36)}.${(count++).toString(36)}`,
      now: () => Date.now(),
      changed,
    });
  }

  /** Sends what an earlier page has left, and reads from now on. */
  start() {
    this.outbox.resume();
    this.#follow();
  }

  /** Asks once more for what was refused. */
  retry() {
    if (!this.problem) return;
    this.problem = "";
    this.#changed();
    this.#follow();
  }

  /** What its problem means to whom reads it. */
  get refusal() {
    return this.isRead ? "Nothing new comes from this room" : "You cannot read this room";
  }

  /** Why there is no message at a position. @param {number} position */
  missing(position) {
    const { first, to } = this.timeline;
    const place = position.toLocaleString();
    if (position > to) return `There is no message ${place} yet: this is the latest.`;
    if (position < first) return `Message ${place} is not kept any more: this is the oldest.`;
    return `There is no message at ${place}: this is what follows.`;
  }

  /** Reads until it is stopped or refused. */
  async #follow() {
    while (!this.#isStopped) {
      try {
        const page = await this.#library.history({ limit: PAGE, all: true });
        this.#begin(page);
        this.#reading = this.#library.messages({ after: page.to, all: true });
        for await (const entry of this.#reading) this.#arrive(entry, page.head);
        return;
      } catch (error) {
        const { code, message } = /** @type {any} */ (error);
        if (code === "closed") return;
        // The log is another one than before, e.g. one from a backup.
        if (code === "log_reset") this.#settings.setReadTo(this.name, 0);
        else {
          this.problem = message;
          this.#isReady();
          this.#changed();
          return;
        }
      }
    }
  }

  /** Leaves the room. */
  stop() {
    this.#isStopped = true;
    this.#reading?.return?.();
  }

  /** What the list shows: the messages of the window, and at its end what is on its way. @param {number} width */
  rows(width) {
    const rows = [];
    for (const entry of this.timeline.entries) {
      if (entry.type !== undefined && entry.type !== "deleted") continue;
      rows.push(this.#rowOf(entry, this.isOwn(entry) ? "stored" : "", width));
    }
    if (this.timeline.isAttached) {
      for (const item of this.outbox.items) {
        const waits = item.state === "sending" && !this.#isConnected();
        const row = this.#rowOf(item, waits ? "waiting" : item.state, width);
        row.item = item;
        row.entry = {
          data: item.data,
          at: item.at,
          position: item.position,
          name: this.#settings.name || "you",
          sender: this.#sender || this.#settings.name,
        };
        rows.push(row);
      }
    }
    if (this.#rows.size > 2 * rows.length + 1_000) this.#forget(rows);
    return rows;
  }

  /** @param {any} entry */
  isOwn(entry) {
    return (
      typeof entry.id === "string" &&
      entry.id.startsWith(`${this.#settings.tag}.`) &&
      (this.#sender === "" || entry.sender === this.#sender)
    );
  }

  /** Everything that has come is seen. */
  markRead() {
    const { to } = this.timeline;
    if (this.unread === 0 && this.readTo >= to) return;
    this.readTo = Math.max(this.readTo, to);
    this.unread = 0;
    this.#settings.setReadTo(this.name, this.readTo);
    this.#changed();
  }

  /** @param {any} page */
  #begin(page) {
    const known = this.#settings.readTo(this.name);
    this.readTo = known === undefined || known > page.head ? page.to : known;
    if (known !== this.readTo) this.#settings.setReadTo(this.name, this.readTo);
    const from = page.messages[0]?.position ?? page.to + 1;
    const seen = page.messages.filter((/** @type {any} */ entry) => this.#counts(entry)).length;
    // What is further above than this page was not read, so it is counted by its positions.
    this.unread = seen + Math.max(0, from - 1 - Math.max(this.readTo, page.first - 1));
    this.isRead = true;
    this.timeline.begin(page);
    for (const entry of page.messages) this.#settle(entry);
    this.#isReady();
  }

  /** @param {any} entry @param {number} headAtStart */
  #arrive(entry, headAtStart) {
    // An own message of this page's sending tells by which name the server knows its sender.
    if (this.#settle(entry)) this.#sender = entry.sender;
    if (this.#counts(entry)) this.unread = Math.min(UNREAD_MAX + 1, this.unread + 1);
    this.timeline.arrive(entry);
    if (entry.type === undefined && entry.position > headAtStart && !this.isOwn(entry)) {
      this.#arrivedLive(entry);
    }
  }

  /**
   * One that was on its way stays the same row: what has the focus in it keeps it.
   *
   * @param {any} entry
   * @returns {boolean} whether it was on its way from here
   */
  #settle(entry) {
    const item = this.outbox.arrived(entry);
    const row = this.#rows.get(item);
    if (row) {
      this.#rows.delete(item);
      this.#rows.set(entry, row);
      Object.assign(row, { entry, item: undefined, text: textOf(entry.data), isStale: true });
    }
    return item !== undefined;
  }

  /** @param {any} entry */
  #counts(entry) {
    return entry.type === undefined && entry.position > this.readTo && !this.isOwn(entry);
  }

  /** @param {any} of @param {import("./message.js").MessageRow["state"]} state @param {number} width */
  #rowOf(of, state, width) {
    let row = this.#rows.get(of);
    if (!row) {
      row = rowOf(of, state !== "", state);
      row.height = estimate(row, width);
      this.#rows.set(of, row);
    } else if (row.state !== state || row.error !== of.error) {
      row.state = state;
      row.isMeasured = false;
      row.isStale = true;
    }
    row.error = of.error;
    return row;
  }

  /** @param {any[]} rows */
  #forget(rows) {
    const kept = new Set(rows);
    for (const [of, row] of this.#rows) if (!kept.has(row)) this.#rows.delete(of);
  }
}
