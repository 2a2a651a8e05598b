/** Time that passes only when something is due: a day takes seconds. */
export class VirtualClock {
  #now;
  #order = 0;
  #heap = [];

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now = () => this.#now;

  setTimeout = (then, ms) => {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, then };
    this.#heap.push(timer);
    this.#rise(this.#heap.length - 1);
    return timer;
  };

  clearTimeout = (timer) => {
    if (timer?.then) timer.then = undefined;
  };

  /** Resolves when a virtual time has passed. */
  sleep = (ms) => new Promise((resolve) => this.setTimeout(resolve, ms));

  /** Timers that are set. */
  get pending() {
    return this.#heap.filter((timer) => timer.then).length;
  }

  /** Lets time pass until a condition holds, at most for so many milliseconds. */
  async runUntil(condition, ms) {
    const end = this.#now + ms;
    await settled();
    while (!condition() && this.#heap.length && this.#heap[0].at <= end) {
      const timer = this.#pop();
      if (!timer.then) continue;
      this.#now = Math.max(this.#now, timer.at);
      timer.then();
      await settled();
    }
    if (!condition() && this.#now < end) this.#now = end;
    return condition();
  }

  run(ms) {
    return this.runUntil(() => false, ms);
  }

  #before(one, other) {
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  #rise(i) {
    const heap = this.#heap;
    for (let up; i && this.#before(heap[i], heap[(up = (i - 1) >> 1)]); i = up) {
      [heap[i], heap[up]] = [heap[up], heap[i]];
    }
  }

  #pop() {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!heap.length) return top;
    heap[0] = last;
    for (let i = 0; ;) {
      let least = i;
      for (const down of [2 * i + 1, 2 * i + 2]) {
        if (down < heap.length && this.#before(heap[down], heap[least])) least = down;
      }
      if (least === i) return top;
      [heap[i], heap[least]] = [heap[least], heap[i]];
      i = least;
    }
  }
}

/** When everything that was promised has been done. */
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
