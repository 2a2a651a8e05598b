/** Positions that are remembered of a room. */
export const POSITIONS_MAX = 2_000;

/** Pushes of which the latency is remembered. */
const LATENCIES_MAX = 200;

const EVENTS_MAX = 200;

/** Of an entry so much is remembered. */
const CHARACTERS_MAX = 160;

/**
 * How a position came to be known.
 *
 * @typedef {object} Mark
 * @property {number} position
 * @property {"push" | "history" | "join" | "missing"} how first; `missing` until it has come
 * @property {number} at when it came, or was found missing; epoch milliseconds
 * @property {number} [latency] milliseconds from the writer's clock to here, if it was pushed
 * @property {{type?: string, name?: string, text: string}} [entry]
 * @property {number} bytes of the frame that brought it
 * @property {number} repeats how often it came again
 * @property {boolean} wasMissing
 * @property {boolean} wasDropped a frame with it was dropped on purpose
 */

/** @typedef {{at: number, kind: "gap" | "healed" | "repeat" | "wire" | "trouble", text: string}} Happening */

/**
 * A room's log as this browser has heard of it: which positions came, how, and which are missing. It is
 * made from the frames on the wire alone and does not ask the library, so that it can be held against it.
 */
export class Ledger {
  /** @type {Map<number, Mark>} rising */
  marks = new Map();
  /** The highest position that was told or came. */
  head = 0;
  /** @type {number[]} */
  latencies = [];
  repeats = 0;
  /** Positions that were missing once and came. */
  healed = { push: 0, history: 0, join: 0 };
  /** @type {Happening[]} */
  events = [];
  /** Counts every change, for whoever draws it. */
  version = 0;

  /** Above this everything is expected; below it is history, which is read when it is wanted. */
  #start = -1;

  /** @param {import("./wire.js").WireFrame} record of this room, or of none */
  take({ frame, fate, at, bytes }) {
    if (!frame) return;
    this.version++;
    const entries = Array.isArray(frame.messages) ? frame.messages : [];
    if (frame.type === "messages") {
      if (fate === "dropped") this.#dropped(entries, at);
      else if (fate === "held") this.note("gap", `${placesOf(entries)} held back by you`, at);
      else this.#came(entries, "push", at, bytes);
    } else if (frame.type === "joined" || frame.type === "history") {
      if (this.#start < 0) this.#start = frame.head;
      this.#came(entries, frame.type === "joined" ? "join" : "history", at, bytes);
      this.#told(frame.head, at);
    }
    this.#bound();
  }

  /** @param {number} head @param {number} at */
  told(head, at) {
    if (this.#start < 0) this.#start = head;
    this.version++;
    this.#told(head, at);
    this.#bound();
  }

  /** @param {Happening["kind"]} kind @param {string} text @param {number} at */
  note(kind, text, at) {
    this.version++;
    this.events.push({ at, kind, text });
    if (this.events.length > EVENTS_MAX) this.events.shift();
  }

  /** The highest position that this browser has met at all, in a dropped frame too. */
  get end() {
    return Math.max(this.head, this.#last);
  }

  /** Positions that are known to exist and have not come. */
  get missing() {
    let count = 0;
    for (const mark of this.marks.values()) if (mark.how === "missing") count++;
    return count;
  }

  /** The highest position up to which nothing is missing. */
  get inSequence() {
    for (const mark of this.marks.values()) if (mark.how === "missing") return mark.position - 1;
    return this.head;
  }

  /** @param {number} share 0.5 for the median @returns {number | undefined} milliseconds */
  latency(share) {
    const sorted = [...this.latencies].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /**
   * @param {any[]} entries
   * @param {"push" | "history" | "join"} how
   * @param {number} at
   * @param {number} bytes
   */
  #came(entries, how, at, bytes) {
    const known = entries.filter((entry) => entry && entry.position > 0);
    /** @type {Mark[]} */
    const healed = [];
    let again = 0;
    for (const entry of known) {
      const before = this.marks.get(entry.position);
      if (before && before.how !== "missing") {
        before.repeats++;
        if (how === "push" || before.how === "push") again++;
        continue;
      }
      if (before) healed.push(before);
      const latency = how === "push" && entry.at ? at - entry.at : undefined;
      if (latency !== undefined) this.#measured(latency);
      this.#set({
        position: entry.position,
        how,
        at,
        latency,
        entry: briefly(entry),
        bytes,
        repeats: 0,
        wasMissing: before !== undefined,
        wasDropped: before?.wasDropped ?? false,
      });
    }
    this.repeats += again;
    if (again)
      this.note("repeat", `${placesOf(known)} came again by ${how}: dropped by position`, at);
    if (healed.length) this.#heal(healed, how, at);
    this.#told(known.at(-1)?.position ?? 0, at);
  }

  /** @param {any[]} entries @param {number} at */
  #dropped(entries, at) {
    for (const { position } of entries) {
      if (this.marks.has(position)) continue;
      this.#set({
        position,
        how: "missing",
        at,
        bytes: 0,
        repeats: 0,
        wasMissing: true,
        wasDropped: true,
      });
    }
    this.note("gap", `${placesOf(entries)} dropped by you; the next push or sync will tell`, at);
  }

  /** @param {Mark[]} marks @param {"push" | "history" | "join"} how @param {number} at */
  #heal(marks, how, at) {
    this.healed[how] += marks.length;
    const since = Math.min(...marks.map((mark) => mark.at));
    const by = { push: "a late push", history: "history", join: "join after" }[how];
    this.note(
      "healed",
      `${placesOf(marks)} healed by ${by} after ${Math.max(0, at - since)} ms`,
      at,
    );
  }

  /** @param {number} head @param {number} at */
  #told(head, at) {
    // Before the head was told for the first time nobody knows what is to be expected.
    if (!(head > 0) || this.#start < 0) return;
    const from = Math.max(this.#start, this.head - POSITIONS_MAX, head - POSITIONS_MAX) + 1;
    const missing = [];
    for (let position = from; position <= head; position++) {
      if (this.marks.has(position)) continue;
      const mark = {
        position,
        how: /** @type {const} */ ("missing"),
        at,
        bytes: 0,
        repeats: 0,
        wasMissing: true,
        wasDropped: false,
      };
      missing.push(mark);
      this.#set(mark);
    }
    this.head = Math.max(this.head, head);
    if (missing.length) {
      this.note("gap", `${placesOf(missing)} missing: up to ${head} was told`, at);
      this.#sort();
    }
  }

  /** @param {Mark} mark */
  #set(mark) {
    const isKnown = this.marks.has(mark.position);
    const isBehind = !isKnown && this.marks.size > 0 && mark.position < this.#last;
    this.marks.set(mark.position, mark);
    this.#last = Math.max(this.#last, mark.position);
    if (isBehind) this.#isMixed = true;
  }

  #last = 0;
  #isMixed = false;

  #sort() {
    this.marks = new Map([...this.marks].sort(([a], [b]) => a - b));
    this.#isMixed = false;
  }

  /** @param {number} latency */
  #measured(latency) {
    this.latencies.push(latency);
    if (this.latencies.length > LATENCIES_MAX) this.latencies.shift();
  }

  #bound() {
    if (this.#isMixed) this.#sort();
    for (const position of this.marks.keys()) {
      if (this.marks.size <= POSITIONS_MAX) break;
      this.marks.delete(position);
    }
  }
}

/** What is shown of an entry: 2,000 whole ones could be 50 MB. @param {any} entry */
function briefly({ type, name, data }) {
  const text = typeof data === "string" ? data : (JSON.stringify(data) ?? "");
  return { type, name, text: text.slice(0, CHARACTERS_MAX) };
}

/** @param {{position: number}[]} marks */
function placesOf(marks) {
  const positions = marks.map(({ position }) => position);
  const [from, to] = [Math.min(...positions), Math.max(...positions)];
  return from === to ? `Position ${from}` : `Positions ${from}–${to}`;
}
