import { el, oncePerFrame } from "./dom.js";
import { Offsets } from "./offsets.js";

/** Rows are laid out this far beyond what is seen, in pixels: a turn of the wheel finds them there. */
const BEYOND = 600;

/** This near to the end counts as being there. */
const NEAR = 24;

/** After this many corrections in one frame the rest waits for the next. */
const PASSES_MAX = 3;

/** Elements that are kept for rows to come. */
const SPARE_MAX = 60;

/**
 * @typedef {object} Row
 * @property {number} height measured, or estimated until it is
 * @property {boolean} isMeasured
 */

/**
 * Rows of any number in a box that scrolls. Only what is near to what is seen is in the document; the
 * rest is the height of two spacers. What is seen stays where it is when rows come above it or turn out
 * higher than estimated; at the end, the end stays.
 */
export class List {
  /** @type {Row[]} */
  rows = [];

  #box;
  #above = el("div", { className: "spacer" });
  #below = el("div", { className: "spacer" });
  #draw;
  #scrolled;
  #offsets = new Offsets();
  /** Rows in the document, in their order. @type {Map<Row, HTMLElement>} */
  #shown = new Map();
  /** With which row before it a row was drawn: its day and its name depend on that. */
  #before = new WeakMap();
  /** @type {HTMLElement[]} */
  #spare = [];
  /** The row at the top of what is seen, and how much of it is above. */
  #anchor = { row: /** @type {Row | undefined} */ (undefined), by: 0 };
  #isAtEnd = true;
  #width = 0;
  #sizes;

  /** Whether the end stays in sight when rows come below it. Not while there is more to read there. */
  holdsEnd = true;

  /** Asks for a drawing with the next frame. */
  update = oncePerFrame(() => this.#update());

  /**
   * @param {HTMLElement} box scrolls
   * @param {{make: () => HTMLElement, fill: (element: HTMLElement, row: any, before: any) => void}} draw
   *   makes a row's element, and fills it, whatever it showed before
   * @param {(where: {isAtEnd: boolean, nearTop: boolean, nearEnd: boolean}) => void} scrolled
   */
  constructor(box, draw, scrolled) {
    this.#box = box;
    this.#draw = draw;
    this.#scrolled = scrolled;
    box.append(this.#above, this.#below);
    box.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.#sizes = new ResizeObserver((entries) => this.#onSizes(entries));
    this.#sizes.observe(box);
  }

  get isAtEnd() {
    return this.#isAtEnd;
  }

  /** Elements of rows in the document. */
  get shown() {
    return this.#shown.size;
  }

  /** Shows other rows. Those that are the same objects stay where they are. @param {Row[]} rows */
  show(rows) {
    this.rows = rows;
    this.update();
  }

  /** A row has other content. @param {Row} row */
  redraw(row) {
    const element = this.#shown.get(row);
    row.isMeasured = false;
    if (element) this.#fill(element, row, this.rows[this.rows.indexOf(row) - 1]);
    this.update();
  }

  /** Draws everything anew that is in the document. */
  redrawAll() {
    for (const row of this.#shown.keys()) this.redraw(row);
  }

  /** Forgets where it was: other rows come, and it begins at their end. */
  reset() {
    this.rows = [];
    this.#isAtEnd = true;
    this.#anchor = { row: undefined, by: 0 };
    this.#update();
  }

  toEnd() {
    this.#isAtEnd = true;
    this.#update();
  }

  /**
   * Scrolls to a row.
   *
   * @param {Row} row
   * @param {"nearest" | "third"} where as little as possible, or to the upper third of what is seen
   * @returns {HTMLElement | undefined}
   */
  reveal(row, where) {
    const index = this.rows.indexOf(row);
    if (index < 0) return undefined;
    // Twice: the first time may find that rows have other heights than estimated.
    for (let pass = 0; pass < 2; pass++) {
      this.#offsets.layOut(this.rows);
      const top = this.#offsets.top(index);
      const seen = this.#box.clientHeight;
      const now = this.#box.scrollTop;
      let to = now;
      if (where === "third") to = top - seen / 3;
      else if (top < now + 8) to = top - 8;
      else if (top + row.height > now + seen - 8)
        to = Math.min(top - 8, top + row.height + 8 - seen);
      if (to !== now || where === "third") {
        this.#isAtEnd = false;
        this.#anchorAt(Math.max(0, to));
      }
      this.#update();
    }
    return this.#shown.get(row);
  }

  /** The element of a row, if it is in the document. @param {Row} row */
  elementOf(row) {
    return this.#shown.get(row);
  }

  /** The row of an element in it. @param {Element} element @returns {any} */
  rowOf(element) {
    for (const [row, root] of this.#shown) if (root.contains(element)) return row;
    return undefined;
  }

  /** The last row that is seen at least in part. @returns {any} */
  lastSeen() {
    return this.rows[this.#offsets.at(this.#box.scrollTop + this.#box.clientHeight - 12)];
  }

  #onScroll() {
    const { scrollTop, clientHeight, scrollHeight } = this.#box;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight <= NEAR;
    this.#anchorAt(scrollTop);
    this.update();
  }

  /** @param {number} top */
  #anchorAt(top) {
    if (this.rows.length === 0) return;
    const index = this.#offsets.at(top);
    this.#anchor = { row: this.rows[index], by: top - this.#offsets.top(index) };
  }

  /** @param {ResizeObserverEntry[]} entries */
  #onSizes(entries) {
    const width = this.#box.clientWidth;
    if (width !== this.#width) {
      this.#width = width;
      for (const row of this.rows) row.isMeasured = false;
      this.update();
      return;
    }
    for (const { target } of entries) {
      const row = target === this.#box ? undefined : this.rowOf(target);
      if (target === this.#box || (row && Math.abs(heightOf(target) - row.height) > 0.5)) {
        if (row) row.isMeasured = false;
        this.update();
      }
    }
  }

  #update() {
    for (let pass = 0; pass < PASSES_MAX; pass++) {
      this.#offsets.layOut(this.rows);
      const top = this.#wantedTop();
      if (!this.#place(top)) break;
    }
    this.#offsets.layOut(this.rows);
    this.#space();
    const top = this.#wantedTop();
    if (Math.abs(this.#box.scrollTop - top) >= 1) this.#box.scrollTop = top;
    const seen = this.#box.clientHeight;
    this.#scrolled({
      isAtEnd: this.#isAtEnd,
      nearTop: top < 2 * seen,
      nearEnd: this.#offsets.total - top < 3 * seen,
    });
  }

  #wantedTop() {
    const end = Math.max(0, this.#offsets.total - this.#box.clientHeight);
    if (this.#isAtEnd && this.holdsEnd) return end;
    const index = this.#anchor.row ? this.rows.indexOf(this.#anchor.row) : -1;
    if (index < 0) return Math.min(end, this.#box.scrollTop);
    return Math.min(end, Math.max(0, this.#offsets.top(index) + this.#anchor.by));
  }

  /** Puts the rows around a height into the document; whether some had another height than thought. */
  #place(/** @type {number} */ top) {
    const start = this.#offsets.at(top - BEYOND);
    const end = this.rows.length ? this.#offsets.at(top + this.#box.clientHeight + BEYOND) + 1 : 0;
    const wanted = new Set(this.rows.slice(start, end));
    for (const [row, element] of this.#shown) if (!wanted.has(row)) this.#remove(row, element);
    /** @type {Row[]} */
    const unmeasured = [];
    let next = /** @type {Element} */ (this.#above.nextElementSibling);
    for (let i = start; i < end; i++) {
      const row = this.rows[i];
      let element = this.#shown.get(row);
      if (!element) {
        element = this.#spare.pop() ?? this.#draw.make();
        this.#fill(element, row, this.rows[i - 1]);
        this.#shown.set(row, element);
        this.#box.insertBefore(element, next);
        this.#sizes.observe(element);
      } else if (element !== next) {
        this.#box.insertBefore(element, next);
      } else {
        next = /** @type {Element} */ (next.nextElementSibling);
      }
      if (this.#before.get(row) !== this.rows[i - 1]) {
        this.#fill(element, row, this.rows[i - 1]);
        row.isMeasured = false;
      }
      if (!row.isMeasured) unmeasured.push(row);
    }
    this.#space();
    return this.#measure(unmeasured);
  }

  /** @param {HTMLElement} element @param {Row} row @param {Row} before */
  #fill(element, row, before) {
    this.#before.set(row, before);
    this.#draw.fill(element, row, before);
  }

  /** @param {Row[]} rows */
  #measure(rows) {
    let differs = false;
    for (const row of rows) {
      const height = heightOf(/** @type {Element} */ (this.#shown.get(row)));
      differs ||= height !== row.height;
      row.height = height;
      row.isMeasured = true;
    }
    return differs;
  }

  #space() {
    const first = this.#shown.size ? this.rows.indexOf(this.#first()) : 0;
    const above = this.#offsets.top(first);
    const below = this.#offsets.total - this.#offsets.top(first + this.#shown.size);
    this.#above.style.height = `${above}px`;
    this.#below.style.height = `${Math.max(0, below)}px`;
  }

  /** @returns {any} */
  #first() {
    const element = this.#above.nextElementSibling;
    for (const [row, shown] of this.#shown) if (shown === element) return row;
    return undefined;
  }

  /** @param {Row} row @param {HTMLElement} element */
  #remove(row, element) {
    // Who had the focus in it goes on from the list, and not from the top of the page.
    if (element.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
    this.#sizes.unobserve(element);
    element.remove();
    this.#shown.delete(row);
    if (this.#spare.length < SPARE_MAX) this.#spare.push(element);
  }
}

/** @param {Element} element */
function heightOf(element) {
  return element.getBoundingClientRect().height;
}
