/** @typedef {import("./types.js").Options} Options */
/** @typedef {import("./types.js").Events} Events */
/** @typedef {Required<Omit<Options, "name" | "token">> & Options} Settings options, all of them */

const WAIT_MAX = 30_000;
/** 23 days. A timer that is set for a little longer, 2^31 ms, is over at once. */
const TIMER_MAX = 2_000_000_000;

/** What a chat has around it: time, chance, and whoever listens. */
export class Surroundings {
  /** @type {Set<() => void>} */
  #sleepers = new Set();
  /** @type {Map<string, Set<Function>>} */
  #listeners = new Map();
  /** @type {Record<string, number>} */
  #troubles = {};

  /** @param {Settings} options */
  constructor(options) {
    this.options = options;
  }

  now() {
    return this.options.clock.now();
  }

  /**
   * @param {number} ms
   * @param {() => void} then
   */
  after(ms, then) {
    return this.options.clock.setTimeout(then, Math.min(ms, TIMER_MAX));
  }

  /** @param {any} timer */
  clear(timer) {
    this.options.clock.clearTimeout(timer);
  }

  /** @param {number} ms */
  sleep(ms) {
    return /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        const wake = () => {
          this.clear(timer);
          this.#sleepers.delete(wake);
          resolve();
        };
        const timer = this.after(ms, wake);
        this.#sleepers.add(wake);
      })
    );
  }

  /** Lets nobody sleep on. */
  wakeAll() {
    for (const wake of [...this.#sleepers]) wake();
  }

  /**
   * A random 0.5-2 s, doubled for each repetition.
   *
   * @param {number} repetitions
   */
  wait(repetitions) {
    return Math.min(WAIT_MAX, (500 + 1_500 * this.options.random()) * 2 ** repetitions);
  }

  /**
   * @template {keyof Events} E
   * @param {E} event
   * @param {(detail: Events[E]) => void} listener
   * @returns {() => void} takes the listener away
   */
  on(event, listener) {
    const all = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, all.add(listener));
    return () => all.delete(listener);
  }

  /**
   * @template {keyof Events} E
   * @param {E} event
   * @param {Events[E]} detail
   */
  emit(event, detail) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(detail);
      } catch (e) {
        // The listener's own failure is its own: it shows as uncaught, and nothing stops here.
        queueMicrotask(() => {
          throw e;
        });
      }
    }
  }

  /**
   * @param {import("./types.js").Trouble["code"]} code
   * @param {string} message
   */
  trouble(code, message) {
    this.emit("trouble", {
      code,
      message,
      count: (this.#troubles[code] = (this.#troubles[code] ?? 0) + 1),
    });
  }
}
