/** Lines that a screen reader may still read; older ones go. */
const LINES_MAX = 12;
const CHARACTERS_MAX = 240;

/** More than this at once are counted, and then nothing is said for a while: it would never be silent. */
const AT_ONCE_MAX = 4;
const SOON_MS = 400;
const BUSY_MS = 5_000;

/**
 * Says aloud what arrives. The list itself is silent: its elements come and go while one scrolls, and all
 * of history would be read out again.
 */
export class Announcer {
  #log;
  #waiting = /** @type {string[]} */ ([]);
  #timer = 0;
  #pause = SOON_MS;

  /** @param {HTMLElement} log a region of role `log` */
  constructor(log) {
    this.#log = log;
  }

  /** @param {string} name @param {string} text */
  message(name, text) {
    this.#waiting.push(`${name}: ${text.slice(0, CHARACTERS_MAX)}`);
    this.#timer ||= window.setTimeout(() => this.#say(), this.#pause);
  }

  #say() {
    this.#timer = 0;
    const lines = this.#waiting.splice(0);
    const isBusy = lines.length > AT_ONCE_MAX;
    this.#pause = isBusy ? BUSY_MS : SOON_MS;
    const said = isBusy ? [`${lines.length} new messages`] : lines;
    for (const line of said) {
      const element = document.createElement("p");
      element.dir = "auto";
      element.textContent = line;
      this.#log.append(element);
    }
    while (this.#log.childElementCount > LINES_MAX) this.#log.firstElementChild?.remove();
  }
}
