import { RoomlogError } from "./errors.js";
import { Feed } from "./feed.js";
import { ANSWER_MAX, Link } from "./link.js";
import { Surroundings } from "./surroundings.js";

/** @typedef {import("./surroundings.js").Settings} Settings */

const SYNC_EVERY = 60_000;
const PLANNED_MIN = 30_000;

/** What the rooms of a chat share: the connection in use, and the next one when it must be replaced. */
export class Session extends Surroundings {
  /** @type {Map<string, Feed>} */
  feeds = new Map();
  /** @type {import("./types.js").State} */
  state = { state: "connecting", why: "not connected yet" };
  /** Sends that wait, in all rooms. */
  queued = { messages: 0, bytes: 0 };
  isClosed = false;

  #ids = 0;
  /** No other chat of this client has it, over reloads too. */
  #idPrefix = key() + ".";
  /** @type {Link | undefined} the connection in use */
  #link;
  /** @type {Link | undefined} the one that is to be used next */
  #next;
  /** @type {Set<Link>} also those that wait for their last answers */
  #all = new Set();
  #connecting = false;
  #attempts = 0;
  /** @type {Link | undefined} the last one that all the rooms were joined on */
  #proven;
  /** @type {any} */
  #retry;
  /** @type {string | undefined} */
  #token;
  #expiresAt = Infinity;
  /** @type {Feed | undefined} the room of the last handshake */
  #first;
  /** @type {Array<() => void>} */
  #awaitingLink = [];

  /**
   * @param {string} url
   * @param {Settings} options
   */
  constructor(url, options) {
    super(options);
    this.url = url;
    // Another network, or a laptop that was asleep: what is open may be dead.
    globalThis.addEventListener?.("online", this.#online);
  }

  #online = () => this.connect();

  /** An id that no other chat of this client makes. */
  newId() {
    return this.#idPrefix + (++this.#ids).toString(36);
  }

  /**
   * @param {import("./types.js").StateName} state
   * @param {string} why
   * @param {number} [retryIn]
   */
  #tell(state, why, retryIn) {
    this.state = { state, why, retryIn };
    this.emit("state", this.state);
  }

  /** @param {string} name */
  feed(name) {
    let feed = this.feeds.get(name);
    if (!feed) {
      this.feeds.set(name, (feed = new Feed(this, name)));
      // In a moment, so that rooms that are named together come to one decision.
      if (this.feeds.size === 1) queueMicrotask(() => this.connect());
    }
    return feed;
  }

  /** Opens the next connection now, whatever was planned. */
  connect() {
    if (this.isClosed || this.#connecting || this.#next) return;
    this.clear(this.#retry);
    this.#connecting = true;
    this.#dial()
      .catch((e) => {
        const why = String(e);
        this.trouble("token", why);
        this.#again("no token: " + why);
      })
      .finally(() => (this.#connecting = false));
  }

  async #dial() {
    const { token, name, client } = this.options;
    // A text is all there is: when it is over, another connection would not help.
    if (typeof token === "string") this.#token = token;
    else if (token && (!this.#token || this.#expiresAt - this.now() < 90_000)) {
      this.#token = await this.#fetched(token);
      this.#expiresAt = expiry(this.#token);
    }
    if (this.isClosed) return;
    const url = new URL(this.url);
    this.#first = this.#turn();
    url.searchParams.set("room", this.#first.name);
    if (name !== undefined) url.searchParams.set("name", name);
    url.searchParams.set("client", client);
    const protocols = ["roomlog.v1"];
    if (this.#token) protocols.push("bearer." + this.#token);
    try {
      this.#all.add((this.#next = new Link(this, url.href, protocols)));
    } catch (e) {
      // It may be the token that is no subprotocol.
      this.#token = undefined;
      this.#again(String(e));
    }
  }

  /**
   * A token, unless fetching it takes for ever; nothing if the chat is closed meanwhile.
   *
   * @param {() => string | Promise<string>} token
   * @returns {Promise<string | undefined>}
   */
  #fetched(token) {
    const limit = this.sleep(ANSWER_MAX).then(() => {
      if (!this.isClosed) throw "no answer for 30 s";
    });
    return /** @type {Promise<any>} */ (Promise.race([Promise.resolve().then(token), limit]));
  }

  /**
   * The room of the handshake. One that is refused refuses the handshake, so it is each one's turn, and
   * then that of the room that every connection is in that names none.
   */
  #turn() {
    const read = this.#read();
    const from = read.length ? read : [...this.feeds.values()];
    return from[this.#attempts % (from.length + 1)] ?? this.feed("lobby");
  }

  #read() {
    return [...this.feeds.values()].filter((feed) => feed.readers.size);
  }

  /** @param {Link} link */
  opened(link) {
    const { lifetime, random } = this.options;
    // The plan is spread, so that those who came together do not move together.
    const life = lifetime * (0.8 + 0.15 * random());
    const token = (this.#expiresAt - this.now()) * (0.7 + 0.2 * random());
    // A token that was taken just now is not over: this clock is wrong, and the server will say when.
    const planned = token > 0 ? Math.min(life, Math.max(token, PLANNED_MIN)) : life;
    link.planned = this.after(planned, () => {
      this.#token = undefined;
      this.connect();
    });
    this.#syncLater(link);
    if (!this.#link) {
      this.#move();
      this.#tell("catching up", "connected");
    }
    for (const feed of this.feeds.values()) feed.join(link);
    // The handshake has joined it, and it may be that nobody reads it.
    this.#first?.leave(link);
    this.settle();
  }

  /** Connections that are open: one, or two during a move. */
  links() {
    return /** @type {Link[]} */ ([this.#link, this.#next].filter((link) => link?.isOpen));
  }

  /** Moves over to the next connection. */
  #move() {
    const old = this.#link;
    this.#link = this.#next;
    this.#next = undefined;
    old?.retire();
    for (const resolve of this.#awaitingLink.splice(0)) resolve();
  }

  /** Something may have been caught up. */
  settle() {
    if (this.state.state === "live" && !this.#next) return;
    const on = this.#next?.isOpen ? this.#next : this.#link;
    const feeds = this.#read();
    if (!on?.isOpen || on.isExpired || !feeds.every((feed) => feed.isJoined(on))) return;
    if (on === this.#next) this.#move();
    // One that serves says nothing of the next one, which may be refused all the while.
    if (on !== this.#proven) this.#attempts = 0;
    this.#proven = on;
    if (this.state.state !== "live" && feeds.every((feed) => feed.isCaughtUp())) {
      this.#tell("live", "connected");
    }
  }

  /**
   * A connection has ended.
   *
   * @param {Link} link
   * @param {string} why
   */
  lost(link, why) {
    this.#all.delete(link);
    if (this.isClosed) return;
    if (link === this.#next) {
      this.#next = undefined;
      if (!link.isOpen) this.#token = undefined;
      this.#again(why);
    } else if (link === this.#link) {
      this.#link = undefined;
      if (this.#next?.isOpen) {
        this.#move();
        this.#tell("catching up", why);
      } else if (this.#next || this.#connecting) this.#tell("offline", why, 0);
      else this.#again(why);
    }
  }

  /** @param {string} why */
  #again(why) {
    if (this.isClosed) return;
    const { random, reconnectFirst, reconnectMax } = this.options;
    const wait = random() * Math.min(reconnectMax, reconnectFirst * 2 ** this.#attempts++);
    this.clear(this.#retry);
    this.#retry = this.after(wait, () => this.connect());
    if (!this.#link || this.#link.isExpired) this.#tell("offline", why, wait);
  }

  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.clear(this.#retry);
    globalThis.removeEventListener?.("online", this.#online);
    for (const link of this.#all) link.fail("closed");
    this.#link = this.#next = undefined;
    this.wakeAll();
    for (const resolve of this.#awaitingLink.splice(0)) resolve();
    for (const feed of this.feeds.values()) {
      for (const reader of [...feed.readers]) reader.return();
    }
    this.#tell("closed", "closed by close()");
  }

  /**
   * Asks until there is an answer.
   *
   * @param {(refused?: RoomlogError) => string} fields the frame, formed again for each try
   * @param {Link} [only] over this connection, and not at all when it has ended
   * @returns {Promise<any>} the answer; nothing if the connection has ended
   * @throws {RoomlogError} if it is refused for good, or the chat is closed
   */
  async ask(fields, only) {
    /** @type {RoomlogError | undefined} */
    let refused;
    for (let tries = 0; ; tries++) {
      const link = only ?? (await this.#inUse());
      const answer = await link.ask(fields(refused));
      if (answer && answer.type !== "error") return answer;
      if (answer) {
        const renewed = answer.code === "expired" && this.#renew(link);
        const temporary = answer.temporary === true || renewed;
        refused = new RoomlogError(String(answer.code), String(answer.message), temporary);
        if (!temporary) throw refused;
      }
      if (only?.isClosed) return;
      if (!link.isClosed) await this.sleep(this.wait(tries));
    }
  }

  async #inUse() {
    while (!this.#link && !this.isClosed) {
      await /** @type {Promise<void>} */ (
        new Promise((resolve) => this.#awaitingLink.push(resolve))
      );
    }
    if (!this.#link) throw new RoomlogError("closed", "the chat is closed");
    return this.#link;
  }

  /**
   * A token is only given at the handshake.
   *
   * @param {Link} link
   */
  #renew(link) {
    if (typeof this.options.token !== "function") return false;
    // Once: from then on it is tried again as after any connect that failed.
    if (link.isExpired) return true;
    link.isExpired = true;
    this.#token = undefined;
    if (link === this.#next) link.fail("token expired");
    else if (link === this.#link) this.connect();
    return true;
  }

  /** @param {Link} link */
  #syncLater(link) {
    if (link.isClosed) return;
    link.syncing = this.after(SYNC_EVERY * (0.8 + 0.4 * this.options.random()), async () => {
      const joined = [...this.feeds.values()].filter((feed) => feed.isJoined(link));
      const rooms = Object.fromEntries(joined.map((feed) => [feed.name, feed.last() ?? 0]));
      const answer = await link.ask(`"action":"sync","rooms":${JSON.stringify(rooms)}`);
      if (answer?.code === "expired" && !this.#renew(link)) {
        for (const feed of joined) feed.fail(new RoomlogError("expired", answer.message));
      }
      for (const [name, head] of Object.entries(answer?.rooms ?? {})) {
        this.feeds.get(name)?.told(head);
      }
      for (const [name, why] of Object.entries(answer?.forbidden ?? {})) {
        this.feeds.get(name)?.fail(new RoomlogError("forbidden", String(why)));
      }
      this.#syncLater(link);
    });
  }
}

/** 24 characters that nobody guesses. */
export function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => (byte & 31).toString(32)).join("");
}

/**
 * When a token expires, in epoch milliseconds; never, as far as one can see into it.
 *
 * @param {string | undefined} token
 */
function expiry(token) {
  try {
    const payload = /** @type {string} */ (token?.split(".")[1]);
    const { exp } = JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/")));
    return exp > 0 ? exp * 1000 : Infinity;
  } catch {
    return Infinity;
  }
}
