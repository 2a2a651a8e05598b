/**
 * @typedef {object} Outgoing
 * @property {string} id
 * @property {any} data
 * @property {number} at when it was written
 * @property {"sending" | "stored" | "failed"} state
 * @property {number} [position] where it is stored
 * @property {string} [error] why it is not
 */

/**
 * One's own messages of a room that are not yet in its log as far as the page has read it. What is not
 * known to be stored outlives a reload: it is sent again with the same id, which stores it once.
 */
export class Outbox {
  /** @type {Outgoing[]} */
  items = [];

  #send;
  #keep;
  #newId;
  #now;
  #changed;

  /**
   * @param {object} with_
   * @param {(data: any, options: {id: string}) => Promise<any>} with_.send
   * @param {{unsent: () => any[], put: (item: any) => void, drop: (id: string) => void}} with_.keep
   * @param {() => string} with_.newId
   * @param {() => number} with_.now
   * @param {() => void} with_.changed
   */
  constructor({ send, keep, newId, now, changed }) {
    this.#send = send;
    this.#keep = keep;
    this.#newId = newId;
    this.#now = now;
    this.#changed = changed;
  }

  /** Sends what an earlier page has left. */
  resume() {
    for (const { id, data, at } of this.#keep.unsent()) {
      this.items.push({ id, data, at, state: "sending" });
    }
    for (const item of this.items.slice()) this.#try(item);
  }

  /** @param {any} data */
  write(data) {
    /** @type {Outgoing} */
    const item = { id: this.#newId(), data, at: this.#now(), state: "sending" };
    this.items.push(item);
    this.#keep.put(item);
    this.#try(item);
    return item;
  }

  /** @param {Outgoing} item */
  retry(item) {
    item.state = "sending";
    item.error = undefined;
    this.#try(item);
  }

  /** @param {Outgoing} item */
  discard(item) {
    this.items = this.items.filter((one) => one !== item);
    this.#keep.drop(item.id);
    this.#changed();
  }

  /**
   * An entry has come; if it is one of these, it is one no longer.
   *
   * @param {any} entry
   * @returns {Outgoing | undefined} the one that it was
   */
  arrived(entry) {
    const item = this.items.find(({ id }) => id === entry.id);
    if (!item) return undefined;
    this.items = this.items.filter(({ id }) => id !== entry.id);
    this.#keep.drop(entry.id);
    return item;
  }

  /** @param {Outgoing} item */
  #try(item) {
    this.#changed();
    this.#send(item.data, { id: item.id }).then(
      (stored) => {
        item.state = "stored";
        item.position = stored.position;
        this.#keep.drop(item.id);
        this.#changed();
      },
      (error) => {
        // The chat was closed under it, e.g. for another name: the next one sends it.
        if (error.code === "closed") return;
        item.state = "failed";
        item.error = error.message;
        this.#changed();
      },
    );
  }
}
