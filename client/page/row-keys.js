import { byId } from "./dom.js";

/**
 * The keys of the messages: to the next one, to what is in one, and to the latest.
 *
 * @param {HTMLElement} box
 * @param {import("./list.js").List} list
 * @param {() => void} toEnd
 */
export function bindRowKeys(box, list, toEnd) {
  box.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Tab") return within(list, event);
    if (event.shiftKey) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") along(list, event);
    else if (event.key === "End") {
      event.preventDefault();
      toEnd();
    }
  });
}

/** @param {import("./list.js").List} list @param {KeyboardEvent} event */
function along(list, event) {
  event.preventDefault();
  const { rows } = list;
  const now = list.rowOf(/** @type {Element} */ (event.target));
  const index = rows.indexOf(now ?? list.lastSeen());
  const next = now ? rows[index + (event.key === "ArrowUp" ? -1 : 1)] : rows[index];
  if (next) list.reveal(next, "nearest")?.focus({ preventScroll: true });
  else if (event.key === "ArrowDown") byId("words").focus();
}

/**
 * Tab goes through the links and buttons of the message that has the focus, and through no others': a way
 * through all of them would never end.
 *
 * @param {import("./list.js").List} list
 * @param {KeyboardEvent} event
 */
function within(list, event) {
  const row = list.rowOf(/** @type {Element} */ (event.target));
  const root = row && list.elementOf(row);
  if (!root) return;
  const stops = [root, ...root.querySelectorAll("a[href], button")].filter(
    (stop) => !stop.closest("[hidden]"),
  );
  const index = stops.indexOf(/** @type {HTMLElement} */ (event.target));
  const next = stops[index + (event.shiftKey ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (next).focus();
}
