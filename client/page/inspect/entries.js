import { hashOf } from "../address.js";
import { el } from "../dom.js";
import { durationOf } from "../text.js";

/** Rows in the document. */
const ROWS_MAX = 100;

/**
 * The latest entries of a room, the last first. A row is made once and stays for as long as nothing changes in it:
 * in a quick room one could neither click nor hold the focus on what is made anew with each drawing.
 */
export class Entries {
  #body;
  /** Rows in the document, by what they show. @type {Map<string, HTMLElement>} */
  #rows = new Map();

  /** @param {HTMLElement} body of a table */
  constructor(body) {
    this.#body = body;
  }

  /** @param {import("./ledger.js").Ledger} ledger @param {string} room */
  draw(ledger, room) {
    const marks = [...ledger.marks.values()].slice(-ROWS_MAX).reverse();
    const before = this.#rows;
    this.#rows = new Map(
      marks.map((mark) => {
        const key = `${room}/${mark.position} ${mark.how} ${mark.repeats}`;
        return [key, before.get(key) ?? rowOf(mark, room)];
      }),
    );
    for (const [key, row] of before) if (!this.#rows.has(key)) row.remove();
    let next = this.#body.firstElementChild;
    for (const row of this.#rows.values()) {
      if (row === next) next = next.nextElementSibling;
      else this.#body.insertBefore(row, next);
    }
  }
}

/** @param {import("./ledger.js").Mark} mark @param {string} room */
function rowOf({ entry, position, how, latency, repeats, wasMissing }, room) {
  const what = how === "missing" || !entry ? "missing" : entry.type ? entry.type : entry.text;
  const came = how === "missing" ? "–" : wasMissing ? `${how}, healed` : how;
  return el(
    "tr",
    { className: `${how}${wasMissing ? " healed" : ""}${entry?.type ? " void" : ""}` },
    el(
      "td",
      { className: "number" },
      el("a", { href: hashOf(room, position), text: String(position) }),
    ),
    el(
      "td",
      {},
      el("span", { className: "chip", text: repeats ? `${came} ×${repeats + 1}` : came }),
    ),
    el("td", { className: "number", text: latency === undefined ? "" : durationOf(latency) }),
    el("td", {}, el("bdi", { text: entry?.name ?? "" })),
    el("td", { className: "what" }, el("bdi", { dir: "auto", text: what })),
  );
}
