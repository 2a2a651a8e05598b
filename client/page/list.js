import { el, isFocusLost, oncePerFrame } from "./dom.js";
import { Offsets } from "./offsets.js";
import { ScrollPlace } from "./scroll-place.js";

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
  #place;

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
    this.#place = new ScrollPlace(
      box,
      () => this.#onScroll(),
      () => this.#update(),
    );
    this.#sizes = new ResizeObserver((entries) => this.#onSizes(entries));
    this.#sizes.observe(box);
  }

  get isAtEnd() {
    return this.#isAtEnd;
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
    this.#place.jump();
    this.#isAtEnd = true;
    this.#anchor = { row: undefined, by: 0 };
    this.#update();
  }

  toEnd() {
    this.#place.jump();
    this.#isAtEnd = true;
    this.#update();
  }

  /** Changes a row that stays where it begins, also at the end: one reads on from there. @param {Row} row */
  grow(row) {
    const index = this.rows.indexOf(row);
    if (index < 0) return;
    this.#isAtEnd = false;
    this.#anchor = { row, by: this.#place.y - this.#offsets.top(index) };
    this.redraw(row);
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
      const now = this.#place.y;
      let to = now;
      if (where === "third") to = top - seen / 3;
      else if (top < now + 8) to = top - 8;
      else if (top + row.height > now + seen - 8)
        to = Math.min(top - 8, top + row.height + 8 - seen);
      if (to !== now || where === "third") {
        this.#place.jump();
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

  /** Whether a row is above all that is seen. @param {Row} row */
  isAbove(row) {
    return this.#offsets.top(this.rows.indexOf(row)) < this.#place.y - 1;
  }

  /** The last row that is seen at least in part. @returns {any} */
  lastSeen() {
    return this.rows[this.#offsets.at(this.#place.y + this.#box.clientHeight - 12)];
  }

  #onScroll() {
    const { scrollTop, clientHeight, scrollHeight } = this.#box;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight <= NEAR;
    this.#anchorAt(this.#place.y);
    this.update();
  }

  /** @param {number} top */
  #anchorAt(top) {
    const index = this.#offsets.at(top);
    const row = /** @type {Row | undefined} */ (this.#offsets.row(index));
    if (row) this.#anchor = { row, by: top - this.#offsets.top(index) };
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
    // Since the last event of scrolling it may have gone on.
    if (this.#place.isMoving) this.#anchorAt(this.#place.y);
    for (let pass = 0; pass < PASSES_MAX; pass++) {
      this.#offsets.layOut(this.rows);
      const top = this.#wantedTop();
      if (!this.#putRows(top)) break;
    }
    this.#offsets.layOut(this.rows);
    const top = this.#wantedTop();
    const seen = this.#box.clientHeight;
    this.#place.hold(top, this.#aboveShown());
    this.#space();
    this.#place.put(top);
    // Nobody scrolls where everything is seen.
    this.#isAtEnd ||= this.#offsets.total - top - seen <= NEAR;
    this.#scrolled({
      isAtEnd: this.#isAtEnd,
      nearTop: top < 2 * seen,
      nearEnd: this.#offsets.total - top < 3 * seen,
    });
  }

  #wantedTop() {
    const end = Math.max(0, this.#offsets.total - this.#box.clientHeight);
    // Who scrolls away from the end is near to it at first, and must not be drawn back.
    if (this.#isAtEnd && this.holdsEnd && !this.#place.isMoving) return end;
    const index = this.#anchor.row ? this.rows.indexOf(this.#anchor.row) : -1;
    if (index < 0) return Math.min(end, this.#place.y);
    return Math.min(end, Math.max(0, this.#offsets.top(index) + this.#anchor.by));
  }

  /** Puts the rows around a height into the document; whether some had another height than thought. */
  #putRows(/** @type {number} */ top) {
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
    const hadFocus = element.contains(document.activeElement);
    this.#draw.fill(element, row, before);
    if (hadFocus && isFocusLost()) element.focus({ preventScroll: true });
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
    const above = this.#aboveShown();
    const first = this.#shown.size ? this.rows.indexOf(this.#first()) : 0;
    const below = this.#offsets.total - this.#offsets.top(first + this.#shown.size);
    this.#above.style.height = `${Math.max(0, above - this.#place.shift)}px`;
    this.#below.style.height = `${Math.max(0, below)}px`;
  }

  /** The height of the rows above those in the document. */
  #aboveShown() {
    return this.#shown.size ? this.#offsets.top(this.rows.indexOf(this.#first())) : 0;
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
