import { byId, oncePerFrame } from "./dom.js";
import { counted } from "./text.js";
import { List } from "./list.js";
import { MessageDrawing } from "./message.js";
import { Notice } from "./notice.js";
import { bindRowKeys } from "./row-keys.js";

/** The messages of the open room: the list, the line above what is new, and the way back to the end. */
export class ChatView {
  #box = byId("list");
  #drawing = new MessageDrawing();
  #list;
  #toEnd = byId("to-end");
  #toNew = byId("to-new");
  #notice = new Notice(() => this.#room?.retry());
  /** @type {import("./room.js").ChatRoom | undefined} */
  #room;
  #isSeen;
  /** Before it is known what is new, nothing is taken for read. */
  #isBegun = false;
  /** Where it is to begin. @type {number | undefined} */
  #wanted = undefined;
  /** Messages that somebody comes back to, until they are drawn; and then until it is known where they are. */
  #cameUnseen = 0;
  #toOffer = 0;
  #draw = oncePerFrame(() => this.#drawNow());

  /** @param {() => boolean} isSeen whether somebody can be looking at it */
  constructor(isSeen) {
    this.#isSeen = isSeen;
    this.#list = new List(this.#box, this.#drawing, (where) => this.#onScrolled(where));
    this.#toEnd.addEventListener("click", () => {
      this.toEnd();
      // The button is gone with it.
      this.#box.focus({ preventScroll: true });
    });
    this.#toNew.addEventListener("click", () => this.goTo(this.#drawing.newFrom));
    this.#box.addEventListener("click", (/** @type {MouseEvent} */ event) => this.#onClick(event));
    bindRowKeys(this.#box, this.#list, () => this.toEnd());
  }

  /** @param {import("./room.js").ChatRoom} room @param {number} [position] to begin at */
  open(room, position) {
    if (this.#room !== room) {
      this.#room = room;
      this.#isBegun = false;
      this.#drawing.room = room.name;
      this.#drawing.newFrom = 0;
      this.#drawing.target = undefined;
      this.#toNew.hidden = true;
      this.#cameUnseen = this.#toOffer = 0;
      this.#notice.note = "";
      this.#list.reset();
      if (position === undefined) room.timeline.latest();
      this.changed(room);
      this.#wanted = position;
      room.ready.then(() => this.#begin(room));
    } else if (position !== undefined) {
      this.#wanted = position;
      if (this.#isBegun) this.goTo(position);
    }
  }

  /** Says something about the open room, until one goes on. @param {string} text */
  note(text) {
    this.#notice.note = text;
  }

  /** @param {import("./room.js").ChatRoom} room */
  changed(room) {
    if (room === this.#room) this.#draw();
  }

  /** A message of somebody else has come. @param {import("./room.js").ChatRoom} room */
  arrived(room) {
    if (room !== this.#room || this.#isReading) return;
    const { newFrom } = this.#drawing;
    if (newFrom === 0 || room.readTo >= newFrom) this.#mark(room.readTo + 1);
  }

  /** Somebody looks at it again, or does not any more. */
  seen() {
    const room = this.#room;
    if (!room || !this.#isReading) return;
    // What came while nobody looked may begin further up: that is known when it is drawn.
    if (this.#drawing.newFrom > room.readTo) this.#cameUnseen = room.unread;
    room.markRead();
  }

  /** @param {number} count */
  #offerNew(count) {
    this.#toNew.textContent = `↑ ${counted(count, "new message")}`;
    this.#toNew.hidden = false;
  }

  /** Whether what is new begins above all that is seen. */
  get #isNewAbove() {
    const { newFrom } = this.#drawing;
    if (!this.#room || this.#room.timeline.from > newFrom) return true;
    const rows = /** @type {any[]} */ (this.#list.rows);
    const row = rows.find(({ entry }) => entry.position >= newFrom);
    return row !== undefined && this.#list.isAbove(row);
  }

  /** Takes the line above what is new away. */
  clearNew() {
    this.#notice.note = "";
    this.#mark(0);
    this.#toNew.hidden = true;
  }

  toEnd() {
    this.#room?.timeline.latest();
    this.#notice.note = "";
    this.#lead(undefined);
    this.#drawNow();
    this.#list.toEnd();
  }

  /** @param {number} position */
  async goTo(position) {
    const room = this.#room;
    if (!room) return;
    const { timeline } = room;
    const isRead = await timeline.show(position).then(
      () => true,
      () => false,
    );
    if (room !== this.#room) return;
    if (!isRead) return this.note(`Message ${position.toLocaleString()} could not be read.`);
    // Somebody went elsewhere meanwhile.
    if (position < timeline.from && position >= timeline.first) return;
    this.#drawNow();
    const rows = /** @type {any[]} */ (this.#list.rows);
    const row = rows.find(({ entry }) => entry.position >= position) ?? rows.at(-1);
    const isThere = row?.entry.position === position;
    this.#lead(isThere ? row : undefined);
    this.#notice.note = isThere ? "" : room.missing(position);
    if (!row) return;
    this.#list.reveal(row, "third")?.focus({ preventScroll: true });
    this.#toNew.hidden = true;
  }

  /** Marks the row that the address leads to, and no other. @param {any} row nothing: none */
  #lead(row) {
    const before = this.#drawing.target;
    if (before === row) return;
    this.#drawing.target = row;
    for (const each of [before, row]) if (each) this.#list.redraw(each);
  }

  /** To the messages, from the field below them. */
  focusLast() {
    const row = this.#list.lastSeen();
    if (row) this.#list.reveal(row, "nearest")?.focus({ preventScroll: true });
  }

  /** @param {import("./room.js").ChatRoom} room */
  #begin(room) {
    if (room !== this.#room || this.#isBegun) return;
    this.#isBegun = true;
    const position = this.#wanted;
    const { unread, readTo, timeline } = room;
    if (unread > 0) this.#drawing.newFrom = readTo + 1;
    this.#drawNow();
    if (position !== undefined) this.goTo(position);
    else if (unread > 0 && readTo + 1 < timeline.from) this.#offerNew(unread);
    else if (unread > 0) {
      const rows = /** @type {any[]} */ (this.#list.rows);
      const row = rows.find(({ entry }) => entry.position > readTo);
      if (row) this.#list.reveal(row, "third");
    }
    this.seen();
  }

  get #isReading() {
    return (
      this.#isBegun &&
      this.#isSeen() &&
      this.#list.isAtEnd &&
      this.#room?.timeline.isAttached === true
    );
  }

  /** @param {number} newFrom */
  #mark(newFrom) {
    if (this.#drawing.newFrom === newFrom) return;
    this.#drawing.newFrom = newFrom;
    this.#list.redrawAll();
  }

  #drawNow() {
    const room = this.#room;
    if (!room) return;
    const rows = room.rows(this.#box.clientWidth);
    this.#list.holdsEnd = room.timeline.isAttached;
    this.#toOffer ||= this.#cameUnseen;
    this.#cameUnseen = 0;
    this.#list.show(rows);
    for (const row of rows) {
      if (!row.isStale) continue;
      row.isStale = false;
      this.#list.redraw(row);
    }
    const empty = byId("empty");
    empty.hidden = rows.length > 0 || room.problem !== "";
    empty.textContent =
      room.timeline.loading || !room.isRead ? "Reading…" : "Nothing has been said here yet.";
    this.#notice.problem = room.problem && `${room.refusal}: ${room.problem}`;
    this.#box.setAttribute("aria-busy", String(room.timeline.loading !== ""));
    this.seen();
  }

  /** @param {{isAtEnd: boolean, nearTop: boolean, nearEnd: boolean}} where */
  #onScrolled({ isAtEnd, nearTop, nearEnd }) {
    const room = this.#room;
    if (!room) return;
    const { timeline } = room;
    if (nearTop && timeline.hasBefore && !timeline.loading) timeline.loadBefore().catch(() => {});
    if (nearEnd && !timeline.isAttached && !timeline.loading) timeline.loadAfter().catch(() => {});
    if (this.#toOffer > 0 && this.#isNewAbove) this.#offerNew(this.#toOffer);
    else if (!this.#toNew.hidden && !this.#isNewAbove) this.#toNew.hidden = true;
    this.#toOffer = 0;
    this.#toEnd.hidden = isAtEnd && timeline.isAttached;
    const { unread } = room;
    this.#toEnd.textContent = unread ? `↓ ${counted(unread, "new message")}` : "↓ Latest";
    this.seen();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const act = /** @type {Element} */ (event.target)
      .closest("[data-act]")
      ?.getAttribute("data-act");
    const row = act && this.#list.rowOf(/** @type {Element} */ (event.target));
    if (!row) return;
    if (act === "all") {
      row.isWhole = !row.isWhole;
      this.#list.grow(row);
      if (!row.isWhole) this.#list.reveal(row, "nearest");
    } else if (act === "retry") this.#room?.outbox.retry(row.item);
    else if (act === "discard") this.#room?.outbox.discard(row.item);
  }
}
