/** @typedef {import("./session.js").Session} Session */

/** After 29 s the gateway gives up on a function, so there is no answer after this. */
export const ANSWER_MAX = 30_000;

/** One connection: numbers what is asked, and finds out that it is dead. */
export class Link {
  /** @type {Map<number, (answer: any) => void>} */
  asked = new Map();
  isOpen = false;
  isClosed = false;
  /** Its token is over: it does nothing any more. */
  isExpired = false;
  /** @type {any} */
  planned;
  /** @type {any} */
  syncing;

  /** @type {import("./types.js").Socket} */
  #socket;
  #session;
  #ref = 0;
  #frames = 0;
  #retired = false;
  /** @type {any} */
  #opening;

  /**
   * @param {Session} session
   * @param {string} url
   * @param {string[]} protocols
   */
  constructor(session, url, protocols) {
    this.#session = session;
    /** @type {import("./types.js").Socket} */
    const socket = (this.#socket = new session.options.WebSocket(url, protocols));
    this.#opening = session.after(ANSWER_MAX, () => this.fail("no answer to the handshake"));
    socket.onopen = () => {
      session.clear(this.#opening);
      this.isOpen = true;
      session.opened(this);
    };
    socket.onmessage = (event) => this.#heard(event.data);
    const ended = (/** @type {any} */ event) => {
      this.fail(this.isOpen ? `closed with ${event?.code}` : event?.message || "could not connect");
    };
    socket.onclose = ended;
    // With some, that of Node 22 among them, a handshake that fails is an error and no close.
    socket.onerror = (event) => this.isOpen || ended(event);
  }

  /**
   * Resolves with the answer, which may be an error; with nothing if there will be none.
   *
   * @param {string} fields of the frame, as JSON without braces
   * @returns {Promise<any>}
   */
  ask(fields) {
    return new Promise((resolve) => {
      if (this.isClosed) return resolve(undefined);
      const ref = ++this.#ref;
      const frames = this.#frames;
      const limit = this.#session.after(ANSWER_MAX, () => {
        if (this.#frames === frames) this.fail("no answer for 30 s");
        else done(undefined);
      });
      const done = (/** @type {any} */ answer) => {
        this.#session.clear(limit);
        this.asked.delete(ref);
        resolve(answer);
        if (this.#retired && !this.asked.size) this.fail("");
      };
      this.asked.set(ref, done);
      try {
        this.#socket.send(`{"ref":${ref},${fields}}`);
      } catch {
        this.fail("could not send");
      }
    });
  }

  /** Closes when everything that was asked is answered. */
  retire() {
    this.#retired = true;
    this.#session.clear(this.planned);
    this.#session.clear(this.syncing);
    if (!this.asked.size) this.fail("");
  }

  /**
   * Ends it. What was asked has no answer.
   *
   * @param {string} why
   */
  fail(why) {
    if (this.isClosed) return;
    this.isClosed = true;
    const socket = this.#socket;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => {};
    for (const timer of [this.#opening, this.planned, this.syncing]) this.#session.clear(timer);
    try {
      socket.close(1000);
    } catch {
      // It is of no use any more.
    }
    this.#unanswered();
    this.#session.lost(this, why);
  }

  #unanswered() {
    for (const done of [...this.asked.values()]) done(undefined);
  }

  /** @param {any} text */
  #heard(text) {
    this.#frames++;
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      // Told below: it is no frame.
    }
    const type = frame?.type;
    const done = this.asked.get(frame?.ref);
    if (done) done(frame);
    else if (type === "messages") this.#session.feeds.get(frame.room)?.take(frame.messages);
    else if (typeof type === "string") return;
    else if (typeof frame?.message === "string") {
      // The gateway's own answer says not to what: repeat everything.
      this.#session.trouble("unanswered", frame.message);
      this.#unanswered();
    } else this.#session.trouble("malformed", String(text).slice(0, 100));
  }
}
