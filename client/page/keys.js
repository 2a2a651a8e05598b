import { byId, el } from "./dom.js";

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const CONTROL = IS_MAC ? "⌘" : "Ctrl";

/** What the help says; every line is bound below, or where it says. */
const HELP = [
  [["Enter"], "send"],
  [["Shift", "Enter"], "a new line"],
  [["↑"], "from an empty field to the messages; there to the one before"],
  [["↓"], "to the next message, and behind the last to the field"],
  [["Tab"], "in a message: to its link and its buttons"],
  [["Esc"], "to the field; takes the “New” line away"],
  [["End"], "in the messages: to the latest"],
  [["Alt", "↑ ↓"], "the room above, the room below"],
  [[CONTROL, "K"], "join or find a room"],
  [["Alt", "I"], "Inspect, and back to Chat"],
  [[CONTROL, "/"], "this help"],
];

/**
 * Binds the page's shortcuts. All have a modifier, so that none is typed by accident and speech input
 * triggers none.
 *
 * @param {{neighbour: (by: number) => void, join: () => void, toggle: () => void, escape: () => void}} acts
 */
export function bindKeys({ neighbour, join, toggle, escape }) {
  const help = byId("help");
  byId("keys").append(
    ...HELP.flatMap(([keys, what]) => [
      el(
        "dt",
        {},
        ...[.../** @type {string[]} */ (keys)].flatMap((key, i) =>
          i ? [" ", el("kbd", { text: key })] : [el("kbd", { text: key })],
        ),
      ),
      el("dd", { text: what }),
    ]),
  );
  byId("help-open").addEventListener("click", () => help.showModal());
  byId("help-close").addEventListener("click", () => help.close());
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const control = IS_MAC ? event.metaKey : event.ctrlKey;
    const act =
      event.altKey && event.key === "ArrowUp"
        ? () => neighbour(-1)
        : event.altKey && event.key === "ArrowDown"
          ? () => neighbour(1)
          : event.altKey && event.code === "KeyI"
            ? toggle
            : control && event.key.toLowerCase() === "k"
              ? join
              : control && event.key === "/"
                ? () => help.showModal()
                : event.key === "Escape"
                  ? escape
                  : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
}
