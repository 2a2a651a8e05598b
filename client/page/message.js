import { el } from "./dom.js";
import { hashOf } from "./address.js";
import {
  beginningOf,
  counted,
  dayOf,
  hueOf,
  initialOf,
  isSameDay,
  momentOf,
  partsOf,
  textOf,
  timeOf,
} from "./text.js";

/** Messages of one sender within this time stand under one name. */
const TOGETHER_MS = 5 * 60_000;

const LINE_PIXELS = 22;
const CHARACTER_PIXELS = 7.4;

/**
 * A message as the list has it: an entry of the log, or one of one's own that is on its way.
 *
 * @typedef {object} MessageRow
 * @property {number} height
 * @property {boolean} isMeasured
 * @property {any} entry of the log, or what it will be
 * @property {"" | "waiting" | "sending" | "stored" | "failed"} state of one's own; empty for others; waiting:
 *   for a connection
 * @property {string} [error] why it failed
 * @property {boolean} isOwn
 * @property {boolean} isWhole all of a long text is shown
 * @property {string} text
 */

/** @param {any} entry @param {boolean} isOwn @param {MessageRow["state"]} state @returns {MessageRow} */
export function rowOf(entry, isOwn, state) {
  return {
    entry,
    isOwn,
    state,
    text: textOf(entry.data),
    isWhole: false,
    height: 0,
    isMeasured: false,
  };
}

/** About how high a row will be. @param {MessageRow} row @param {number} width of the list */
export function estimate(row, width) {
  const perLine = Math.max(12, (width - 120) / CHARACTER_PIXELS);
  const lines = Math.min(24, Math.ceil(row.text.length / perLine));
  return 12 + Math.max(1, lines) * LINE_PIXELS;
}

/** Draws messages into elements that are used again and again. */
export class MessageDrawing {
  /** @type {WeakMap<Element, any>} */
  #parts = new WeakMap();
  /** The first position that is new to the reader; 0 for none. */
  newFrom = 0;
  /** The row that the page's address leads to. @type {any} */
  target = undefined;
  room = "";

  make = () => {
    const day = el("div", { className: "day" }, el("span"));
    const fresh = el("div", { className: "fresh" }, el("span", { text: "New" }));
    const avatar = el("span", { className: "avatar", "aria-hidden": "true" });
    const name = el("bdi", { className: "name" });
    const time = el("a", { className: "time", tabindex: "-1" });
    const where = el("span", { className: "position" });
    const body = el("div", { className: "body", dir: "auto" });
    const all = el("button", {
      className: "all quiet",
      type: "button",
      "data-act": "all",
      tabindex: "-1",
    });
    const state = el("span", { className: "state-text" });
    const retry = el("button", {
      type: "button",
      "data-act": "retry",
      text: "Try again",
      className: "small",
    });
    const discard = el("button", {
      type: "button",
      "data-act": "discard",
      text: "Discard",
      className: "small quiet",
    });
    const foot = el("div", { className: "state" }, state, retry, discard);
    const said = el(
      "div",
      { className: "said" },
      avatar,
      el("div", { className: "head" }, name, time, where),
      body,
      all,
      foot,
    );
    const root = el("article", { className: "row", tabindex: "-1" }, day, fresh, said);
    this.#parts.set(root, {
      day,
      fresh,
      avatar,
      name,
      time,
      where,
      body,
      all,
      state,
      retry,
      discard,
      foot,
    });
    return root;
  };

  /** @param {HTMLElement} root @param {MessageRow} row @param {MessageRow | undefined} before */
  fill = (root, row, before) => {
    const parts = this.#parts.get(root);
    const { entry } = row;
    const isNewDay = !before || !isSameDay(before.entry.at, entry.at);
    const isFirstNew =
      (row.state === "" || row.state === "stored") &&
      this.newFrom > 0 &&
      entry.position >= this.newFrom &&
      !(before && before.entry.position >= this.newFrom);
    const isContinued =
      !isNewDay &&
      !isFirstNew &&
      before !== undefined &&
      before.entry.sender === entry.sender &&
      before.entry.name === entry.name &&
      Math.abs(entry.at - before.entry.at) < TOGETHER_MS;
    root.className = classes({
      row: true,
      own: row.isOwn,
      continued: isContinued,
      target: row === this.target,
      failed: row.state === "failed",
      sending: row.state === "sending" || row.state === "waiting",
    });
    root.setAttribute("aria-label", `${entry.name ?? ""}, ${timeOf(entry.at)}${spoken(row)}`);
    if (entry.position) root.setAttribute("aria-posinset", String(entry.position));
    else root.removeAttribute("aria-posinset");
    root.setAttribute("aria-setsize", "-1");
    parts.day.hidden = !isNewDay;
    if (isNewDay) parts.day.firstChild.textContent = dayOf(entry.at, Date.now());
    parts.fresh.hidden = !isFirstNew;
    parts.avatar.className = `avatar hue-${hueOf(entry.sender ?? "")}`;
    parts.avatar.textContent = isContinued ? "" : initialOf(entry.name ?? "");
    parts.name.textContent = entry.name ?? "";
    this.#fillTime(parts, entry);
    this.#fillBody(parts, row);
    this.#fillState(parts, row);
  };

  /** @param {any} parts @param {any} entry */
  #fillTime(parts, entry) {
    parts.time.textContent = timeOf(entry.at);
    parts.time.title = momentOf(entry.at);
    parts.where.textContent = entry.position ? String(entry.position) : "";
    if (entry.position) {
      parts.time.setAttribute("href", hashOf(this.room, entry.position));
      parts.time.setAttribute(
        "aria-label",
        `${timeOf(entry.at)}, link to message ${entry.position}`,
      );
    } else {
      parts.time.removeAttribute("href");
      parts.time.removeAttribute("aria-label");
    }
  }

  /** @param {any} parts @param {MessageRow} row */
  #fillBody(parts, row) {
    const isText = typeof row.entry.data === "string";
    const isGone = row.entry.type === "deleted";
    parts.body.className = classes({ body: true, json: !isText && !isGone, gone: isGone });
    parts.body.dir = isText ? "auto" : "ltr";
    const beginning = isGone ? undefined : beginningOf(row.text);
    const text = isGone
      ? "This message was deleted."
      : beginning === undefined || row.isWhole
        ? row.text
        : `${beginning}…`;
    parts.body.replaceChildren(
      ...partsOf(text).map(({ text: shown, href }) =>
        href
          ? el("a", {
              href,
              text: shown,
              target: "_blank",
              rel: "noopener noreferrer nofollow",
              tabindex: "-1",
            })
          : shown,
      ),
    );
    parts.all.hidden = beginning === undefined;
    parts.all.textContent = row.isWhole
      ? "Show less"
      : `Show all ${counted(row.text.length, "character")}`;
    parts.all.setAttribute("aria-expanded", String(row.isWhole));
  }

  /** @param {any} parts @param {MessageRow} row */
  #fillState(parts, row) {
    parts.foot.hidden = row.state === "";
    parts.foot.className = `state ${row.state}`;
    parts.retry.hidden = parts.discard.hidden = row.state !== "failed";
    parts.state.textContent = writtenOf(row);
  }
}

/** What a message's state is called. @param {MessageRow} row */
function writtenOf({ state, error }) {
  switch (state) {
    case "failed":
      return `Not sent: ${error ?? "unknown"}`;
    case "sending":
      return "Sending…";
    case "waiting":
      return "Waits for the connection";
    case "stored":
      return "Stored";
    default:
      return "";
  }
}

/** @param {MessageRow} row */
function spoken({ state }) {
  if (!state) return "";
  return `, ${state === "failed" ? "not sent" : state === "waiting" ? "waits for the connection" : state}`;
}

/** @param {Record<string, boolean>} names */
function classes(names) {
  return Object.keys(names)
    .filter((name) => names[name])
    .join(" ");
}
