import { byId, el } from "../dom.js";
import { bytesOf, clockOf, counted, durationOf } from "../text.js";
import { Entries } from "./entries.js";
import { Ledger } from "./ledger.js";
import { Tape } from "./tape.js";

/** Rows of each table in the document. */
const ROWS_MAX = 100;
const CHARACTERS_MAX = 160;

/** It is drawn at most so often: a quick room would otherwise be a blur, and take the processor. */
const DRAW_MS = 150;

/** Latencies that are drawn as bars. */
const BARS = 60;

/** The tab that shows a room as the log it is. */
export class Inspector {
  room = "";

  #wire;
  #tape;
  #isShown = false;
  #timer = 0;
  #drawnFrame = 0;
  /** @type {Map<string, Ledger>} */
  #ledgers = new Map();
  /** What is drawn of the room: its ledger's version. */
  #drawn = { room: "", version: -1 };
  /** @type {any[]} */
  #bars;
  #entries = new Entries(byId("entries"));

  /**
   * @param {import("./wire.js").Wire} wire
   * @param {{send: (count: number) => void, reconnect: () => void}} acts
   */
  constructor(wire, acts) {
    this.#wire = wire;
    this.#tape = new Tape(byId("tape"), byId("tape-range"));
    this.#bars = Array.from({ length: BARS }, () => el("i"));
    byId("latency-bars").append(...this.#bars);
    wire.onFrame((frame) => this.#onFrame(frame));
    byId("cut").addEventListener("click", () => wire.cut());
    byId("offline").addEventListener("click", () => {
      wire.stayCut(!wire.isCut);
      // As a browser says it when its network is back.
      if (!wire.isCut) acts.reconnect();
    });
    byId("drop").addEventListener("click", () => this.#plan("drop", 3));
    byId("repeat").addEventListener("click", () => this.#plan("repeat", 3));
    byId("swap").addEventListener("click", () => this.#plan("swap", 1));
    byId("burst").addEventListener("click", () => acts.send(10));
    byId("frames-clear").addEventListener("click", () => this.#clear());
  }

  /** @param {string} room @returns {Ledger} */
  ledger(room) {
    let ledger = this.#ledgers.get(room);
    if (!ledger) this.#ledgers.set(room, (ledger = new Ledger()));
    return ledger;
  }

  /** @param {boolean} isShown */
  show(isShown) {
    this.#isShown = isShown;
    if (isShown) this.#draw();
  }

  /** @param {string} room */
  open(room) {
    this.room = room;
    this.#later();
  }

  /** What the library says of a room, beside what the wire shows. @param {string} text */
  trouble(text) {
    for (const ledger of this.#ledgers.values()) ledger.note("trouble", text, Date.now());
    this.#later();
  }

  /** @param {"drop" | "repeat" | "swap"} what @param {number} count */
  #plan(what, count) {
    this.#wire.todo[what] += count;
    this.#later();
  }

  /** @param {import("./wire.js").WireFrame} record */
  #onFrame(record) {
    const { frame, way, at, text } = record;
    if (way === "in" && typeof frame?.room === "string") this.ledger(frame.room).take(record);
    else if (way === "in" && frame?.type === "heads") {
      for (const [room, head] of Object.entries(frame.rooms ?? {}))
        this.ledger(room).told(Number(head), at);
    } else if (way === "wire") {
      for (const ledger of this.#ledgers.values()) ledger.note("wire", text, at);
    }
    this.#later();
  }

  #later() {
    if (!this.#isShown || this.#timer) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      this.#draw();
    }, DRAW_MS);
  }

  #draw() {
    const ledger = this.ledger(this.room);
    this.#drawTodo();
    this.#drawFrames();
    if (this.#drawn.room === this.room && this.#drawn.version === ledger.version) return;
    this.#drawn = { room: this.room, version: ledger.version };
    this.#tape.draw(ledger);
    this.#drawFigures(ledger);
    this.#drawBars(ledger);
    this.#drawEvents(ledger);
    this.#entries.draw(ledger, this.room);
  }

  #drawTodo() {
    const { todo, isCut } = this.#wire;
    setText("drop-left", todo.drop ? `${todo.drop} to go` : "");
    setText("repeat-left", todo.repeat ? `${todo.repeat} to go` : "");
    setText("swap-left", todo.swap ? `${todo.swap} to go` : "");
    byId("offline").setAttribute("aria-pressed", String(isCut));
    setText("offline-label", isCut ? "Reconnect" : "Stay cut off");
  }

  /** @param {Ledger} ledger */
  #drawFigures(ledger) {
    const { healed } = ledger;
    setText("figure-head", ledger.head.toLocaleString());
    setText("figure-sequence", ledger.inSequence.toLocaleString());
    setText("figure-missing", ledger.missing.toLocaleString());
    byId("figure-missing").parentElement.classList.toggle("alert", ledger.missing > 0);
    setText("figure-healed", (healed.push + healed.history + healed.join).toLocaleString());
    setText(
      "figure-healed-how",
      `${healed.history} history, ${healed.join} join, ${healed.push} late`,
    );
    setText("figure-repeats", ledger.repeats.toLocaleString());
    const median = ledger.latency(0.5);
    const high = ledger.latency(0.95);
    setText("figure-latency", median === undefined ? "–" : durationOf(median));
    setText("figure-latency-high", high === undefined ? "no push yet" : `95th ${durationOf(high)}`);
  }

  /** @param {Ledger} ledger */
  #drawBars(ledger) {
    const latest = ledger.latencies.slice(-BARS);
    const most = Math.max(1, ...latest);
    this.#bars.forEach((bar, i) => {
      const latency = latest[i - (BARS - latest.length)];
      bar.style.height = latency === undefined ? "0" : `${Math.max(4, (100 * latency) / most)}%`;
    });
    byId("latency-bars").setAttribute(
      "aria-label",
      latest.length
        ? `Latency of the last ${counted(latest.length, "push", "pushes")}, up to ${durationOf(most)}`
        : "No push yet",
    );
    setText("latency-most", latest.length ? durationOf(most) : "");
  }

  /** @param {Ledger} ledger */
  #drawEvents(ledger) {
    const list = byId("happenings");
    list.replaceChildren(
      ...ledger.events
        .slice(-ROWS_MAX)
        .reverse()
        .map(({ at, kind, text }) =>
          el("li", { className: kind }, el("time", { text: clockOf(at) }), el("span", { text })),
        ),
    );
    byId("nothing-happened").hidden = ledger.events.length > 0;
  }

  #drawFrames() {
    const list = byId("frames");
    const fresh = this.#wire.frames
      .filter(({ number }) => number > this.#drawnFrame)
      .slice(-ROWS_MAX);
    if (!fresh.length) return;
    this.#drawnFrame = /** @type {any} */ (fresh.at(-1)).number;
    list.prepend(...fresh.reverse().map(frameRow));
    while (list.childElementCount > ROWS_MAX) list.lastElementChild.remove();
  }

  #clear() {
    this.#wire.frames = [];
    byId("frames").replaceChildren();
  }
}

/** @param {import("./wire.js").WireFrame} frame */
function frameRow({ way, at, bytes, text, fate }) {
  if (way === "wire") {
    return el(
      "li",
      { className: "wire" },
      el(
        "div",
        {},
        el("time", { text: clockOf(at) }),
        el("span", { className: "way", text: "•" }),
        el("span", { className: "brief", text }),
      ),
    );
  }
  const label = way === "in" ? "received" : "sent";
  return el(
    "li",
    { className: `${way} ${fate}` },
    el(
      "details",
      {},
      el(
        "summary",
        {},
        el("time", { text: clockOf(at) }),
        el("span", {
          className: "way",
          "aria-label": label,
          role: "img",
          text: way === "in" ? "↓" : "↑",
        }),
        el("span", { className: "size", text: bytesOf(bytes) }),
        el("span", { className: "brief" }, el("bdi", { text: text.slice(0, CHARACTERS_MAX) })),
        ...(fate ? [el("span", { className: "chip", text: fate })] : []),
      ),
      el("pre", { text, tabindex: "0" }),
    ),
  );
}

/** @param {string} id @param {string} text */
function setText(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}
