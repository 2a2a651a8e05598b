import { connect } from "../lib/index.js";
import { ChatRoom } from "./room.js";

/** One person's chat with one server, for as long as name and token stay the same. */
export class Session {
  /** @type {Map<string, ChatRoom>} */
  rooms = new Map();
  /** Whether the connection has ever been there: if not, it may be the server that refuses. */
  wasLive = false;

  #chat;
  #settings;
  #hears;

  /**
   * @param {string} server
   * @param {import("./settings.js").Settings} settings
   * @param {new (url: string, protocols: string[]) => any} WebSocket
   * @param {(() => Promise<string>) | undefined} token
   * @param {object} hears
   * @param {(state: import("../lib/index.js").State) => void} hears.state
   * @param {(text: string) => void} hears.trouble
   * @param {(room: ChatRoom) => void} hears.changed
   * @param {(room: ChatRoom, entry: any) => void} hears.arrived
   */
  constructor(server, settings, WebSocket, token, hears) {
    this.#settings = settings;
    this.#hears = hears;
    this.#chat = connect(server, {
      WebSocket,
      token,
      client: settings.client,
      name: settings.name || undefined,
    });
    this.#chat.on("state", (state) => {
      this.wasLive ||= state.state === "live";
      hears.state(state);
      // What is on its way waits now, or does not any more.
      for (const room of this.rooms.values()) if (room.outbox.items.length) hears.changed(room);
    });
    this.#chat.on("trouble", ({ code, message }) => hears.trouble(`${code}: ${message}`));
    this.#chat.on("lost", ({ room, from, to }) =>
      hears.trouble(`Messages ${from}–${to} of ${room} expired before they could be read.`),
    );
  }

  /** @returns {import("../lib/index.js").State} */
  get state() {
    return this.#chat.state;
  }

  /** @param {string} name */
  join(name) {
    let room = this.rooms.get(name);
    if (!room) {
      room = new ChatRoom(name, this.#chat.room(name), this.#settings, {
        changed: () => room && this.#hears.changed(room),
        arrived: (entry) => room && this.#hears.arrived(room, entry),
        isConnected: () => ["live", "catching up"].includes(this.state.state),
      });
      this.rooms.set(name, room);
      this.#keepRooms();
      room.start();
    }
    return room;
  }

  /** @param {string} name */
  leave(name) {
    const room = this.rooms.get(name);
    room?.stop();
    // What was refused is known to be refused; what waits is still sent, by the next page if need be.
    for (const item of room?.outbox.items ?? []) {
      if (item.state === "failed") room?.outbox.discard(item);
    }
    this.rooms.delete(name);
    this.#settings.forget(name);
    this.#keepRooms();
  }

  reconnect() {
    this.#chat.reconnect();
  }

  close() {
    for (const room of this.rooms.values()) room.stop();
    this.#chat.close();
  }

  #keepRooms() {
    this.#settings.rooms = [...this.rooms.keys()];
  }
}
