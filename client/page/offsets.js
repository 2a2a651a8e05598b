/** @typedef {{height: number, isMeasured: boolean}} Measured */

/**
 * Where rows of different heights stand below one another. Adding up 10,000 heights takes some ten
 * microseconds, so after a change they are all added up again.
 */
export class Offsets {
  /** @type {readonly Measured[]} */
  #rows = [];
  /** The top of each row, and behind the last its bottom. */
  #tops = new Float64Array(1);

  /** @param {readonly Measured[]} rows */
  layOut(rows) {
    this.#rows = rows;
    if (this.#tops.length < rows.length + 1) {
      this.#tops = new Float64Array(Math.ceil((rows.length + 1) * 1.5));
    }
    let top = 0;
    for (let i = 0; i < rows.length; i++) {
      this.#tops[i] = top;
      top += rows[i].height;
    }
    this.#tops[rows.length] = top;
  }

  get total() {
    return this.#tops[this.#rows.length];
  }

  /** @param {number} index of a row, or the number of rows */
  top(index) {
    return this.#tops[index];
  }

  /** @param {number} index of what was laid out */
  row(index) {
    return this.#rows[index];
  }

  /** The row that is at a height; the first above all, the last below all. @param {number} y */
  at(y) {
    let low = 0;
    let high = Math.max(0, this.#rows.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
