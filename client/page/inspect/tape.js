import { el } from "../dom.js";
import { durationOf } from "../text.js";

/** Positions that are drawn. */
const CELLS = 240;

/** The end of a room's log, a cell a position, coloured by how it came. */
export class Tape {
  #cells;
  #box;
  #range;
  /** @type {string[]} */
  #drawn = [];

  /** @param {HTMLElement} box @param {HTMLElement} range */
  constructor(box, range) {
    this.#box = box;
    this.#range = range;
    this.#cells = Array.from({ length: CELLS }, () => el("i"));
    box.append(...this.#cells);
  }

  /** @param {import("./ledger.js").Ledger} ledger */
  draw(ledger) {
    const { end } = ledger;
    const from = Math.max(1, end - CELLS + 1);
    const counts = { push: 0, history: 0, join: 0, missing: 0 };
    this.#cells.forEach((cell, i) => {
      const position = from + i;
      const mark = position <= end ? ledger.marks.get(position) : undefined;
      const look = position > end ? "ahead" : mark ? lookOf(mark) : "unread";
      if (mark) counts[mark.how]++;
      const key = `${position} ${look}`;
      if (this.#drawn[i] === key) return;
      this.#drawn[i] = key;
      cell.className = look;
      cell.title = mark ? titleOf(mark) : position > end ? "" : `${position}: not read`;
    });
    const range = end ? `${from.toLocaleString()}–${end.toLocaleString()}` : "empty";
    this.#range.textContent = range;
    this.#box.setAttribute(
      "aria-label",
      `Positions ${range}: ${counts.push} pushed, ${counts.history} from history, ` +
        `${counts.join} by join, ${counts.missing} missing`,
    );
  }
}

/** @param {import("./ledger.js").Mark} mark */
function lookOf(mark) {
  if (mark.how === "missing") return mark.wasDropped ? "missing dropped" : "missing";
  const kind = mark.entry?.type === "void" ? "void" : mark.how;
  return mark.wasMissing ? `${kind} healed` : kind;
}

/** @param {import("./ledger.js").Mark} mark */
function titleOf(mark) {
  if (mark.how === "missing") return `${mark.position}: missing`;
  const how = { push: "pushed", history: "read from history", join: "came with join" }[mark.how];
  const what = mark.entry?.type ? `, ${mark.entry.type}` : "";
  const healed = mark.wasMissing ? ", was missing" : "";
  const latency =
    mark.latency === undefined ? "" : `, ${durationOf(mark.latency)} after it was written`;
  return `${mark.position}: ${how}${what}${healed}${latency}`;
}
