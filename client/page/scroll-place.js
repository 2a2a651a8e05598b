/** After this long without a movement it is over, where the browser does not tell the end of one. */
const REST_MS = "onscrollend" in window ? 1_000 : 150;

/**
 * Where a box is scrolled to, in heights of the rows in it. Who sets `scrollTop` while somebody scrolls ends
 * the browser's own movement: a page up by key would be a line, and a thumb would be torn from the hand.
 * Until the movement is over the rows are shifted instead, by another height of what is above them.
 */
export class ScrollPlace {
  /** By how much less is above the rows than their heights say. */
  shift = 0;

  #box;
  #rested;
  /** Somebody scrolls, or the browser still does what was asked of it. */
  isMoving = false;
  #own = NaN;
  #timer = 0;

  /**
   * @param {HTMLElement} box
   * @param {() => void} moved somebody has scrolled, or it was done here
   * @param {() => void} rested what is shifted can be put right
   */
  constructor(box, moved, rested) {
    this.#box = box;
    this.#rested = rested;
    box.addEventListener("scroll", () => this.#onScroll(moved), { passive: true });
    box.addEventListener("scrollend", () => this.#rest());
  }

  get y() {
    return this.#box.scrollTop + this.shift;
  }

  /** What follows is a jump: no movement is to be kept up. */
  jump() {
    this.isMoving = false;
  }

  /**
   * Decides how the rows come to a height: by a shift or, with `put`, by scrolling.
   *
   * @param {number} y
   * @param {number} above the height of the rows above those in the document: so far they can be shifted
   */
  hold(y, above) {
    const { scrollTop, clientHeight } = this.#box;
    const shift = y - scrollTop;
    // At the upper end of the box a shift would leave no way up to what is there.
    const isStuck = shift > 0 && scrollTop < clientHeight / 2;
    if (!this.isMoving || isStuck || shift > above) this.shift = 0;
    else if (Math.abs(shift - this.shift) >= 1) this.shift = shift;
  }

  /** @param {number} y */
  put(y) {
    const top = y - this.shift;
    if (Math.abs(this.#box.scrollTop - top) < 1) return;
    this.#box.scrollTop = top;
    this.#own = this.#box.scrollTop;
  }

  /** @param {() => void} moved */
  #onScroll(moved) {
    if (this.#box.scrollTop !== this.#own) {
      this.isMoving = true;
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#rest(), REST_MS);
    }
    this.#own = NaN;
    moved();
  }

  #rest() {
    clearTimeout(this.#timer);
    this.isMoving = false;
    this.#rested();
  }
}
