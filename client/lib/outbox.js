import { RoomlogError } from "./errors.js";

/** @typedef {import("./types.js").Stored} Stored */
/**
 * @typedef {object} Waiting
 * @property {string} id
 * @property {string} json
 * @property {number} bytes
 * @property {(stored: Stored) => void} resolve
 * @property {(error: Error) => void} reject
 */

/** Messages in one frame at most, and bytes of their JSON: a frame is at most 32 KB. */
const BATCH_MAX = 25;
const BATCH_BYTES = 30_000;
const DATA_BYTES = 24_576;
const DEEP = /\n\t{33}/;
/** The form of an id, and of a client's key. */
export const KEY = /^[A-Za-z0-9._-]{1,64}$/;

/** Refusals of a room, not of a message in it. */
const OF_THE_ROOM = ["invalid_room", "forbidden", "expired"];

export const utf8 = new TextEncoder();

/**
 * The JSON of what a server takes. One that is nested too deeply to be read at all would be refused without
 * saying what is refused, so it must not leave. The indentation shows the nesting: in a text there is none.
 *
 * @param {any} data
 * @returns {string | undefined}
 */
function jsonOf(data) {
  try {
    if (data !== "" && !DEEP.test(JSON.stringify(data, null, "\t"))) return JSON.stringify(data);
  } catch {
    // It is none.
  }
}

/**
 * What is to be stored in one room. One frame is under way at a time, so that the order is kept, and it
 * is repeated with the same ids until it is acknowledged.
 */
export class Outbox {
  #session;
  #room;
  /** @type {Waiting[]} */
  #waiting = [];
  #isRunning = false;
  #max = BATCH_MAX;

  /**
   * @param {import("./session.js").Session} session
   * @param {string} room
   */
  constructor(session, room) {
    this.#session = session;
    this.#room = JSON.stringify(room);
  }

  /**
   * @param {any} data
   * @param {string} id
   * @returns {Promise<Stored>}
   */
  async send(data, id) {
    const json = jsonOf(data);
    const bytes = json === undefined ? 0 : utf8.encode(json).length;
    this.#check(json, bytes, id);
    const queued = this.#session.queued;
    queued.messages++;
    queued.bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, json: /** @type {string} */ (json), bytes, resolve, reject });
      this.#run();
    });
  }

  /**
   * @param {string | undefined} json
   * @param {number} bytes
   * @param {string} id
   */
  #check(json, bytes, id) {
    const { isClosed, queued, options } = this.#session;
    const { queueMessages, queueBytes } = options;
    if (isClosed) throw new RoomlogError("closed", "the chat is closed");
    if (json === undefined)
      throw new RoomlogError("invalid_data", "data is empty, no JSON or nested deeper than 32");
    if (typeof id !== "string" || !KEY.test(id)) {
      throw new RoomlogError("invalid_id", "id is not 1-64 characters of A-Z a-z 0-9 . _ -");
    }
    if (bytes > DATA_BYTES) {
      throw new RoomlogError("too_large", `data is ${bytes} bytes; the limit is ${DATA_BYTES}`);
    }
    if (queued.messages >= queueMessages || queued.bytes + bytes > queueBytes) {
      const message =
        `${queued.messages} messages of ${queued.bytes} bytes wait; ` +
        `the limits are ${queueMessages} messages and ${queueBytes} bytes`;
      throw new RoomlogError("queue_full", message, true);
    }
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#waiting.length) {
      /** @type {Waiting[]} */
      let batch = [];
      try {
        const answer = await this.#session.ask((refused) => {
          if (refused?.code === "rate_limited") this.#halve(batch);
          batch = this.#batch();
          return this.#frame(batch);
        });
        await this.#acknowledged(batch, Array.isArray(answer.acks) ? answer.acks : []);
      } catch (e) {
        this.#refused(batch, /** @type {RoomlogError} */ (e));
      }
    }
    this.#isRunning = false;
  }

  #batch() {
    let bytes = 0;
    const ids = new Set();
    const end = this.#waiting.findIndex((each, i) => {
      bytes += each.bytes + each.id.length + 20;
      // An id may stand in a frame once; the same again is for the next frame.
      const isOver = i && (i >= this.#max || bytes > BATCH_BYTES || ids.has(each.id));
      ids.add(each.id);
      return isOver;
    });
    return this.#waiting.slice(0, end < 0 ? undefined : end);
  }

  /** @param {Waiting[]} batch */
  #frame(batch) {
    const messages = batch.map(({ id, json }) => `{"id":"${id}","data":${json}}`);
    return `"action":"send","room":${this.#room},"messages":[${messages}]`;
  }

  /**
   * @param {Waiting[]} batch
   * @param {any[]} acks
   */
  async #acknowledged(batch, acks) {
    let stored = 0;
    for (const each of batch) {
      const ack = acks.find((one) => one?.id === each.id && one.position > 0);
      if (!ack) continue;
      stored++;
      this.#take(each);
      const { id, position, at, duplicate } = ack;
      each.resolve({ id, position, at, duplicate: duplicate === true });
    }
    this.#max = Math.min(BATCH_MAX, 2 * this.#max);
    if (!stored) {
      this.#session.trouble("malformed", "an ack of nothing");
      await this.#session.sleep(this.#session.wait(0));
    }
  }

  /**
   * A frame is taken whole or not at all. Which message it was shows in ever smaller frames.
   *
   * @param {Waiting[]} batch
   * @param {RoomlogError} error
   */
  #refused(batch, error) {
    if (error.code === "closed") batch = [...this.#waiting];
    else if (batch.length > 1 && !OF_THE_ROOM.includes(error.code)) return this.#halve(batch);
    for (const each of batch) {
      this.#take(each);
      each.reject(error);
    }
  }

  /** @param {Waiting[]} batch */
  #halve(batch) {
    this.#max = Math.max(1, batch.length >> 1);
  }

  /** @param {Waiting} each */
  #take(each) {
    this.#waiting.splice(this.#waiting.indexOf(each), 1);
    this.#session.queued.messages--;
    this.#session.queued.bytes -= each.bytes;
  }
}
