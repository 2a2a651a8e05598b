import { byId } from "./dom.js";

/** The tabs Chat and Inspect. */
export class Tabs {
  #names = ["chat", "inspect"];
  #shown;
  current = "chat";

  /** @param {(name: string) => void} shown */
  constructor(shown) {
    this.#shown = shown;
    for (const name of this.#names) {
      const tab = byId(`tab-${name}`);
      tab.addEventListener("click", () => this.show(name));
      tab.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        this.toggle();
        byId(`tab-${this.current}`).focus();
      });
    }
  }

  /** @param {string} name */
  show(name) {
    this.current = name;
    for (const each of this.#names) {
      const tab = byId(`tab-${each}`);
      tab.setAttribute("aria-selected", String(each === name));
      tab.tabIndex = each === name ? 0 : -1;
      byId(each).hidden = each !== name;
    }
    this.#shown(name);
  }

  toggle() {
    this.show(this.current === "chat" ? "inspect" : "chat");
  }
}
