/** Frames that are kept for the inspector, and characters of each. */
export const FRAMES_MAX = 400;
const CHARACTERS_MAX = 4_000;

/** A held push is let go after this even if no other comes. */
const HELD_MS = 1_500;

const CLOSED = 3;

/**
 * What has passed over the wire, or happened to it.
 *
 * @typedef {object} WireFrame
 * @property {number} number counts from 1
 * @property {number} at epoch milliseconds
 * @property {"in" | "out" | "wire"} way `wire`: a connection was opened, closed or cut
 * @property {number} bytes of UTF-8
 * @property {string} text its beginning
 * @property {any} frame as JSON; nothing if it is none
 * @property {"" | "dropped" | "repeated" | "held" | "late"} fate what was done to it on purpose; one
 *   that was held comes a second time, late, when it is let go
 */

/**
 * Stands between the client library and its WebSockets: sees every frame, and does to them what networks
 * do, when somebody asks for it. The library knows nothing of it, so what heals has healed by itself.
 */
export class Wire {
  /** @type {WireFrame[]} */
  frames = [];
  /** The connection stays cut until this is false again. */
  isCut = false;
  /** Pushes that are still to be dropped, repeated, and changed over. */
  todo = { drop: 0, repeat: 0, swap: 0 };

  #Socket;
  #now;
  #later;
  #count = 0;
  /** @type {Set<TappedSocket>} */
  #open = new Set();
  /** @type {Set<(frame: WireFrame) => void>} */
  #listeners = new Set();
  /** @type {{socket: TappedSocket, event: any, text: string, frame: any, timer: any} | undefined} */
  #held;
  #text = new TextEncoder();

  /**
   * @param {new (url: string, protocols: string[]) => any} Socket
   * @param {() => number} now
   * @param {(then: () => void, ms: number) => any} later
   */
  constructor(Socket, now = Date.now, later = (then, ms) => setTimeout(then, ms)) {
    this.#Socket = Socket;
    this.#now = now;
    this.#later = later;
  }

  /** For the library's option `WebSocket`. */
  get WebSocket() {
    const wire = this;
    return class extends TappedSocket {
      /** @param {string} url @param {string[]} protocols */
      constructor(url, protocols) {
        super(wire, url, protocols);
      }
    };
  }

  get connections() {
    return this.#open.size;
  }

  /** @param {(frame: WireFrame) => void} listener */
  onFrame(listener) {
    this.#listeners.add(listener);
  }

  /** Ends every connection as a dead network does: nothing is said to the server or to the library. */
  cut() {
    for (const socket of [...this.#open]) socket.cut();
  }

  /** @param {boolean} isCut */
  stayCut(isCut) {
    this.isCut = isCut;
    this.note(isCut ? "cut off until you reconnect" : "the network is back");
    if (isCut) this.cut();
  }

  /** @param {string} text */
  note(text) {
    this.#record("wire", text, undefined, "");
  }

  /** @param {TappedSocket} socket @param {string} url @param {string[]} protocols */
  opening(socket, url, protocols) {
    if (this.isCut) return undefined;
    this.#open.add(socket);
    return new this.#Socket(url, protocols);
  }

  /** @param {TappedSocket} socket @param {string} why */
  gone(socket, why) {
    if (this.#open.delete(socket)) this.note(why);
  }

  /** @param {string} text */
  sent(text) {
    this.#record("out", text, frameOf(text), "");
  }

  /**
   * A frame has come; hands it over as often as it is to be.
   *
   * @param {TappedSocket} socket
   * @param {{data: any}} event
   */
  received(socket, event) {
    const text = String(event.data);
    const frame = frameOf(text);
    const isPush = frame?.type === "messages";
    if (isPush && this.todo.drop > 0) {
      this.todo.drop--;
      this.#record("in", text, frame, "dropped");
      return;
    }
    if (isPush && this.todo.swap > 0 && !this.#held) {
      this.todo.swap--;
      this.#record("in", text, frame, "held");
      const timer = this.#later(() => this.#release(), HELD_MS);
      this.#held = { socket, event, text, frame, timer };
      return;
    }
    const isRepeated = isPush && this.todo.repeat > 0;
    if (isRepeated) this.todo.repeat--;
    this.#record("in", text, frame, isRepeated ? "repeated" : "");
    socket.deliver(event);
    if (isRepeated) {
      this.#record("in", text, frame, "");
      socket.deliver(event);
    }
    if (isPush) this.#release();
  }

  #release() {
    const held = this.#held;
    this.#held = undefined;
    if (!held) return;
    const { socket, event, text, frame, timer } = held;
    clearTimeout(timer);
    if (socket.isOver) return this.note("the push that was held is lost with its connection");
    this.#record("in", text, frame, "late");
    socket.deliver(event);
  }

  /**
   * @param {WireFrame["way"]} way
   * @param {string} text
   * @param {any} frame
   * @param {WireFrame["fate"]} fate
   */
  #record(way, text, frame, fate) {
    const record = {
      number: ++this.#count,
      at: this.#now(),
      way,
      frame,
      fate,
      bytes: way === "wire" ? 0 : this.#text.encode(text).length,
      text: text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX)}…` : text,
    };
    for (const listener of this.#listeners) listener(record);
    // Its entries are in the ledger by now; what is kept is what can be looked at.
    this.frames.push({ ...record, frame: undefined });
    if (this.frames.length > FRAMES_MAX) this.frames.shift();
  }
}

/** As much of a WebSocket as the library uses. */
class TappedSocket {
  /** @type {((event: any) => void) | null} */
  onopen = null;
  /** @type {((event: any) => void) | null} */
  onmessage = null;
  /** @type {((event: any) => void) | null} */
  onclose = null;
  /** @type {((event: any) => void) | null} */
  onerror = null;

  #wire;
  /** @type {any} */
  #socket;
  #isOver = false;

  /**
   * @param {Wire} wire
   * @param {string} url
   * @param {string[]} protocols
   */
  constructor(wire, url, protocols) {
    this.#wire = wire;
    const socket = (this.#socket = wire.opening(this, url, protocols));
    if (!socket) {
      queueMicrotask(() => this.#end({ code: 1006, reason: "" }, "no connection: cut off"));
      return;
    }
    socket.onopen = (/** @type {any} */ event) => {
      wire.note("connection opened");
      this.onopen?.(event);
    };
    socket.onmessage = (/** @type {any} */ event) => wire.received(this, event);
    socket.onerror = (/** @type {any} */ event) => this.onerror?.(event);
    socket.onclose = (/** @type {any} */ event) =>
      this.#end(event, `connection closed with ${event.code}`);
  }

  get isOver() {
    return this.#isOver;
  }

  /** @param {any} event */
  deliver(event) {
    if (!this.#isOver) this.onmessage?.(event);
  }

  get readyState() {
    return this.#isOver ? CLOSED : this.#socket.readyState;
  }

  /** @param {string} text */
  send(text) {
    this.#wire.sent(text);
    this.#socket.send(text);
  }

  /** @param {number} [code] @param {string} [reason] */
  close(code, reason) {
    this.#socket?.close(code, reason);
    this.#wire.gone(this, "connection closed by this side");
  }

  cut() {
    this.#end({ code: 1006, reason: "" }, "connection cut");
    this.#socket?.close();
  }

  /** @param {any} event @param {string} why */
  #end(event, why) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#wire.gone(this, why);
    this.onclose?.(event);
  }
}

/** @param {string} text @returns {any} */
function frameOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
