import { byId } from "./dom.js";

/** What there is to say about the open room, above its messages. */
export class Notice {
  #box = byId("notice");
  #text = byId("notice-text");
  #try = byId("notice-try");
  #problem = "";
  #note = "";

  /** @param {() => void} retry */
  constructor(retry) {
    this.#try.addEventListener("click", () => {
      retry();
      byId("list").focus({ preventScroll: true });
    });
  }

  /** What stops the room, until it does not. @param {string} text */
  set problem(text) {
    if (text === this.#problem) return;
    this.#problem = text;
    this.#show();
  }

  /** What is said once, until one goes on. @param {string} text */
  set note(text) {
    if (text === this.#note) return;
    this.#note = text;
    this.#show();
  }

  #show() {
    const text = this.#problem || this.#note;
    this.#box.hidden = text === "";
    this.#box.className = this.#problem ? "banner offline" : "banner";
    this.#try.hidden = this.#problem === "";
    this.#text.textContent = text;
  }
}
