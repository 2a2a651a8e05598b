import { byId } from "./dom.js";

/** Bytes of a message as JSON: docs/protocol.md. */
export const DATA_BYTES_MAX = 24_576;

/** Where one writes. What is written and not sent stays with its room. */
export class Composer {
  #field = byId("words");
  #problem = byId("words-problem");
  /** @type {Map<string, string>} */
  #drafts = new Map();
  #room = "";

  /** @param {{send: (text: string) => void, up: () => void}} acts `up`: to the messages */
  constructor({ send, up }) {
    byId("composer").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#send(send);
      // By a tap on the button too: one goes on writing, and a phone's keyboard stays.
      this.focus();
    });
    this.#field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      // 229: Safari tells of the key that ends a composition when it has ended.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.#send(send);
      } else if (event.key === "ArrowUp" && this.#field.value === "") {
        event.preventDefault();
        up();
      }
    });
    this.#field.addEventListener("input", () => {
      this.#problem.textContent = "";
      this.#grow();
    });
  }

  focus() {
    this.#field.focus();
  }

  /** @param {string} room */
  open(room) {
    if (this.#room) this.#drafts.set(this.#room, this.#field.value);
    this.#room = room;
    this.#field.value = this.#drafts.get(room) ?? "";
    this.#problem.textContent = "";
    byId("words-label").textContent = `Message to ${room}`;
    this.#field.placeholder = `Message to ${room}`;
    this.#grow();
  }

  /** @param {(text: string) => void} send */
  #send(send) {
    const text = this.#field.value;
    if (!text.trim()) return;
    const bytes = new TextEncoder().encode(JSON.stringify(text)).length;
    if (bytes > DATA_BYTES_MAX) {
      this.#problem.textContent = `The message is ${bytes.toLocaleString()} bytes; the limit is ${DATA_BYTES_MAX.toLocaleString()}.`;
      return;
    }
    if (!text.isWellFormed?.() && text.isWellFormed) {
      this.#problem.textContent = "The message has half a character in it (a lone surrogate).";
      return;
    }
    this.#problem.textContent = "";
    this.#field.value = "";
    this.#grow();
    send(text);
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
  }
}
