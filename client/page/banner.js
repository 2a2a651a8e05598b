import { byId, focusView, isFocusLost } from "./dom.js";
import { counted } from "./text.js";

/** How long it says that all is well again. */
const WELL_MS = 4_000;

/** Says what the connection is doing, for as long as it is not simply there. */
export class Banner {
  #banner = byId("banner");
  #text = byId("banner-text");
  #count = byId("banner-count");
  #timer = 0;
  #wasAway = false;
  #caughtUp = 0;

  /** @param {{reconnect: () => void, token: () => void}} acts */
  constructor({ reconnect, token }) {
    byId("banner-try").addEventListener("click", reconnect);
    byId("banner-token").addEventListener("click", token);
  }

  /** Messages that came while it was catching up. */
  caughtUp() {
    if (this.#wasAway) this.#caughtUp++;
  }

  /**
   * @param {import("../lib/index.js").State} state
   * @param {object} about
   * @param {boolean} about.wasLive whether it has ever been connected
   * @param {number} about.waiting own messages that are not stored
   * @param {boolean} about.needsToken a token that is wanted must come from whoever sits here
   * @param {boolean} about.isTokenOver the one that was given has expired
   */
  show(state, about) {
    const hadFocus = this.#banner.contains(document.activeElement);
    this.#tell(state, about);
    if (hadFocus && isFocusLost()) focusView();
  }

  /**
   * @param {import("../lib/index.js").State} state
   * @param {{wasLive: boolean, waiting: number, needsToken: boolean, isTokenOver: boolean}} about
   */
  #tell({ state, why, retryIn }, { wasLive, waiting, needsToken, isTokenOver }) {
    clearInterval(this.#timer);
    this.#count.textContent = "";
    byId("banner-try").hidden = state !== "offline";
    byId("banner-token").hidden = state !== "offline" || !needsToken || (wasLive && !isTokenOver);
    byId("status").className = `status ${state.replace(" ", "-")}`;
    byId("status-text").textContent = state;
    if (state === "live") return this.#live();
    this.#banner.className = `banner ${state === "offline" ? "offline" : ""}`;
    if (state === "offline") {
      this.#wasAway = wasLive;
      const kept = waiting ? ` ${counted(waiting, "message")} of yours will be sent then.` : "";
      this.#say(
        needsToken && isTokenOver
          ? `Your token has expired: enter a new one.${kept}`
          : wasLive
            ? `No connection (${why}). What you missed comes when it is back.${kept}`
            : `Cannot connect (${why}). The server may be away${needsToken ? ", or may ask for a token" : ""}.${kept}`,
      );
      this.#countDown(retryIn ?? 0);
    } else if (state === "catching up") {
      this.#say(
        this.#wasAway ? "Connected again: reading what was missed…" : "Connected: reading…",
      );
      // At the start the messages themselves say it.
      if (!this.#wasAway) this.#banner.hidden = true;
    } else if (state === "closed") {
      this.#say("The chat is closed. Reload the page to begin again.");
    } else {
      this.#say("Connecting…");
    }
  }

  #live() {
    if (!this.#wasAway) {
      this.#banner.hidden = true;
      return;
    }
    this.#wasAway = false;
    this.#banner.className = "banner good";
    const count = this.#caughtUp;
    this.#caughtUp = 0;
    this.#say(
      count
        ? `Connected again: ${counted(count, "message")} caught up.`
        : "Connected again: nothing was missed.",
    );
    this.#timer = window.setTimeout(() => (this.#banner.hidden = true), WELL_MS);
  }

  /** @param {string} text */
  #say(text) {
    this.#banner.hidden = false;
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }

  /** Seconds are shown and not read out. @param {number} ms */
  #countDown(ms) {
    const end = Date.now() + ms;
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1_000));
      this.#count.textContent = seconds ? `Next try in ${seconds} s.` : "Trying…";
    };
    tick();
    this.#timer = window.setInterval(tick, 500);
  }
}
