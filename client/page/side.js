import { byId, el } from "./dom.js";
import { hashOf, isRoom } from "./address.js";
import { counted, hueOf, initialOf } from "./text.js";

const SHOWN_MAX = 99;

/** The rooms beside the chat, and who one is; on a phone it slides in. */
export class Side {
  #side = byId("side");
  #list = byId("rooms");
  #field = byId("join-room");
  #problem = byId("join-problem");
  #current = "";

  /** @param {{join: (room: string) => void}} acts */
  constructor({ join }) {
    byId("join").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      const name = this.#field.value.trim().replace(/^#/, "");
      if (!isRoom(name)) {
        this.#problem.textContent = "A room’s name is 1–128 characters of A-Z a-z 0-9 . _ : -";
        this.#field.setAttribute("aria-invalid", "true");
        return;
      }
      this.#problem.textContent = "";
      this.#field.removeAttribute("aria-invalid");
      this.#field.value = "";
      join(name);
    });
    byId("menu").addEventListener("click", () => this.slide(true));
    byId("shade").addEventListener("click", () => this.slide(false));
    matchMedia("(max-width: 720px)").addEventListener("change", () => this.slide(false));
    this.#side.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape" && this.isOpen) {
        event.stopPropagation();
        this.slide(false);
      }
    });
  }

  get isOpen() {
    return this.#side.classList.contains("open");
  }

  /** @param {boolean} isOpen on a phone; elsewhere it is always there */
  slide(isOpen) {
    if (isOpen === this.isOpen) return;
    const hadFocus = this.#side.contains(document.activeElement);
    this.#side.classList.toggle("open", isOpen);
    byId("shade").hidden = !isOpen;
    byId("menu").setAttribute("aria-expanded", String(isOpen));
    byId("main").inert = isOpen;
    if (isOpen) (this.#list.querySelector("[aria-current]") ?? this.#field).focus();
    else if (hadFocus) byId("menu").focus();
  }

  focusField() {
    if (byId("menu").offsetParent) this.slide(true);
    this.#field.focus();
    this.#field.select();
  }

  /** @param {string} name */
  who(name) {
    byId("my-name").textContent = name;
    const avatar = byId("my-avatar");
    avatar.textContent = initialOf(name);
    avatar.className = `avatar hue-${hueOf(name)}`;
  }

  /** @param {import("./room.js").ChatRoom[]} rooms @param {string} current */
  show(rooms, current) {
    const items = [...this.#list.children];
    rooms.forEach((room, i) => {
      const item = items[i] ?? this.#list.appendChild(roomItem());
      fill(item.firstChild, room, room.name === current);
    });
    if (current !== this.#current) {
      this.#current = current;
      this.#list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    }
    for (const item of items.slice(rooms.length)) item.remove();
    const elsewhere = rooms.reduce(
      (sum, room) => sum + (room.name === current ? 0 : room.unread),
      0,
    );
    const badge = byId("menu-badge");
    badge.hidden = elsewhere === 0;
    badge.textContent = shown(elsewhere);
    byId("menu").setAttribute("aria-label", elsewhere ? `Rooms, ${elsewhere} unread` : "Rooms");
  }
}

function roomItem() {
  return el(
    "li",
    {},
    el(
      "a",
      {},
      el("span", { className: "room-name" }),
      el("span", { className: "badge", hidden: true }),
    ),
  );
}

/** @param {any} link @param {import("./room.js").ChatRoom} room @param {boolean} isCurrent */
function fill(link, room, isCurrent) {
  const [name, badge] = link.children;
  const unread = isCurrent ? 0 : room.unread;
  if (link.getAttribute("href") !== hashOf(room.name)) link.setAttribute("href", hashOf(room.name));
  if (name.textContent !== room.name) name.textContent = room.name;
  link.classList.toggle("unread", unread > 0);
  link.classList.toggle("refused", room.problem !== "");
  badge.hidden = unread === 0;
  badge.textContent = shown(unread);
  link.setAttribute(
    "aria-label",
    room.name +
      (room.problem ? ", refused" : "") +
      (unread ? `, ${counted(unread, "unread message")}` : ""),
  );
  if (isCurrent) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

/** @param {number} count */
function shown(count) {
  return count > SHOWN_MAX ? `${SHOWN_MAX}+` : String(count);
}
