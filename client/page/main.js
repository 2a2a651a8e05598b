import { hashOf, placeOf, serverOf, startOf } from "./address.js";
import { Announcer } from "./announcer.js";
import { Banner } from "./banner.js";
import { ChatView } from "./chat-view.js";
import { Composer } from "./composer.js";
import { readConfig, serverFor, tokens } from "./config.js";
import { askWho } from "./dialogs.js";
import { byId, focusView, isFocusLost, oncePerFrame } from "./dom.js";
import { Inspector } from "./inspect/view.js";
import { Wire } from "./inspect/wire.js";
import { bindKeys } from "./keys.js";
import { Session } from "./session.js";
import { Settings, nameProblem } from "./settings.js";
import { Side } from "./side.js";
import { Tabs } from "./tabs.js";
import { shownOf, textOf } from "./text.js";
import { chooseTheme } from "./theme.js";
import { isOver, isToken } from "./token.js";

/** Between the messages of a test: about what a push takes. */
const BURST_MS = 200;

/**
 * The page, put together.
 *
 * @param {{server: string, tokenUrl?: string}} config
 * @param {Settings} settings
 */
function start(config, settings) {
  const wire = new Wire(WebSocket);
  const announcer = new Announcer(byId("said"));
  /** @type {Session} */
  let session;
  let current = "";

  const isSeen = () => document.visibilityState === "visible" && tabs.current === "chat";
  const view = new ChatView(isSeen);
  const inspector = new Inspector(wire, { send: burst, reconnect: () => session.reconnect() });
  const tabs = new Tabs((name) => {
    inspector.show(name === "inspect");
    view.seen();
  });
  const composer = new Composer({ send: say, up: () => view.focusLast() });
  const side = new Side({ join: (room) => (location.hash = hashOf(room)) });
  const banner = new Banner({
    reconnect: () => session.reconnect(),
    token: () => who({ withToken: true }),
  });
  const showRooms = oncePerFrame(() => {
    const rooms = [...session.rooms.values()];
    side.show(rooms, current);
    const unread = rooms.reduce((sum, room) => sum + room.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ""}${current} – Roomlog`;
  });

  function begin() {
    session = new Session(config.server, settings, wire.WebSocket, tokens(config, settings), {
      state: (state) => {
        let waiting = 0;
        for (const room of session.rooms.values()) {
          waiting += room.outbox.items.filter((item) => item.state === "sending").length;
        }
        banner.show(state, {
          wasLive: session.wasLive,
          waiting,
          needsToken: config.tokenUrl === undefined,
          isTokenOver: isOver(settings.token, Date.now()),
        });
      },
      trouble: (text) => inspector.trouble(text),
      changed: (room) => {
        view.changed(room);
        showRooms();
      },
      arrived: (room, entry) => {
        banner.caughtUp();
        view.arrived(room);
        if (room.name === current && session.state.state === "live") {
          announcer.message(entry.name, textOf(entry.data));
        }
      },
    });
    side.who(settings.name || "by token");
    for (const room of [...settings.rooms, ...settings.unsentRooms]) session.join(room);
    current = "";
    follow();
  }

  /** Goes where the address leads. */
  function follow() {
    const { hash } = location;
    const place = placeOf(hash);
    if (place) return goTo(place);
    goTo({ room: current || (settings.rooms[0] ?? "lobby") });
    if (hash.length < 2) return;
    history.replaceState(null, "", hashOf(current));
    view.note(`“${shownOf(hash)}” is no room: a room’s name is 1–128 of A-Z a-z 0-9 . _ : -`);
  }

  /** @param {{room: string, position?: number}} place */
  function goTo({ room: name, position }) {
    const room = session.join(name);
    side.slide(false);
    if (name !== current) {
      current = name;
      byId("title").textContent = name;
      composer.open(name);
      inspector.open(name);
      if (position === undefined && matchMedia("(hover: hover)").matches) composer.focus();
    }
    if (position !== undefined) tabs.show("chat");
    view.open(room, position);
    byId("leave").hidden = byId("leave-here").hidden = session.rooms.size < 2;
    showRooms();
  }

  /** @param {string} text */
  function say(text) {
    view.clearNew();
    session.rooms.get(current)?.outbox.write(text);
    view.toEnd();
  }

  /** Not all at once: they would travel in one push. @param {number} count */
  function burst(count) {
    const room = session.rooms.get(current);
    let sent = 0;
    const timer = setInterval(() => {
      room?.outbox.write(`Test message ${++sent} of ${count}`);
      if (sent === count) clearInterval(timer);
    }, BURST_MS);
  }

  /** @param {{withToken: boolean}} about */
  async function who({ withToken }) {
    const isChanged = await askWho(settings, {
      server: config.server,
      isFirst: false,
      withToken,
      hasOwnToken: config.tokenUrl !== undefined,
    });
    if (isChanged) restart();
    // It was opened by a button that may be gone.
    else if (isFocusLost()) focusView();
  }

  function restart() {
    session.close();
    begin();
  }

  /** @param {number} by */
  function neighbour(by) {
    const names = [...session.rooms.keys()];
    const next = names[(names.indexOf(current) + by + names.length) % names.length];
    if (next) location.hash = hashOf(next);
  }

  function leave() {
    session.leave(current);
    location.hash = hashOf([...session.rooms.keys()][0] ?? "lobby");
    focusView();
  }

  addEventListener("hashchange", () => {
    const { token, clean } = startOf(location.href);
    if (token === undefined) return follow();
    history.replaceState(null, "", clean);
    if (isToken(token)) settings.token = token;
    restart();
  });
  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = /** @type {Element} */ (event.target).closest("a");
    // Where one is already the address does not change, and nobody would hear of it.
    if (link && link.getAttribute("href") === location.hash) follow();
  });
  document.addEventListener("visibilitychange", () => view.seen());
  addEventListener("online", () => session.state.state === "offline" && session.reconnect());
  byId("who").addEventListener("click", () => who({ withToken: false }));
  for (const id of ["leave", "leave-here"]) byId(id).addEventListener("click", leave);
  byId("skip").addEventListener("click", () => {
    tabs.show("chat");
    composer.focus();
  });
  bindKeys({
    neighbour,
    join: () => side.focusField(),
    toggle: () => {
      tabs.toggle();
      if (tabs.current === "chat") composer.focus();
      else focusView();
    },
    escape: () => {
      view.clearNew();
      if (tabs.current === "chat") composer.focus();
    },
  });
  begin();
}

async function main() {
  chooseTheme();
  const { server: asked, name, token, clean } = startOf(location.href);
  if (clean !== location.href) history.replaceState(null, "", clean);
  const config = await readConfig();
  const own = serverOf(config.server, location.href);
  const server = await serverFor(own, asked);
  // A name in the address is somebody of its own: two windows of one browser are two people then.
  const settings = new Settings(
    name ? `${server} as ${name}` : server,
    storage("localStorage"),
    storage("sessionStorage"),
  );
  if (name && !nameProblem(name)) settings.name = name;
  if (token && isToken(token)) settings.token = token;
  // What the deployment knows of tokens it knows of its own server.
  const tokenUrl = server === own ? config.tokenUrl : undefined;
  if (!settings.name && !settings.token && tokenUrl === undefined) {
    await askWho(settings, { server, isFirst: true, withToken: false, hasOwnToken: false });
  }
  start({ server, tokenUrl }, settings);
}

/** @param {"localStorage" | "sessionStorage"} name */
function storage(name) {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}

main().catch((error) => {
  const banner = byId("banner");
  banner.hidden = false;
  banner.className = "banner offline";
  byId("banner-text").textContent = `The page could not start: ${error.message}`;
  byId("banner-try").hidden = byId("banner-token").hidden = true;
});
