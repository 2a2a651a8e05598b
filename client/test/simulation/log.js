const FRAME_BYTES = 30_720;

/** One room as a log: positions are handed out, and filled at once, late or never. */
export class Log {
  head = 0;
  first = 1;
  /** @type {Map<number, object>} what can be read */
  entries = new Map();
  /** @type {Map<number, object>} what was ever stored */
  stored = new Map();
  /** What each id of each client has become. */
  #ids = new Map();

  handOut() {
    return ++this.head;
  }

  fill(position, entry) {
    if (this.stored.has(position)) return;
    this.stored.set(position, { position, ...entry });
    if (position >= this.first) this.entries.set(position, this.stored.get(position));
  }

  /** Appends, once for an id. */
  append(client, id, entry) {
    const key = `${client} ${id}`;
    const known = id !== undefined && this.#ids.get(key);
    if (known) return { ...known, duplicate: true };
    const position = this.handOut();
    this.fill(position, id === undefined ? entry : { id, ...entry });
    const ack = { id, position, at: entry.at };
    if (id !== undefined) this.#ids.set(key, ack);
    return { ...ack, duplicate: false, isNew: true };
  }

  /** Entries up to a position can no longer be read. */
  expire(upTo) {
    for (; this.first <= upTo; this.first++) this.entries.delete(this.first);
  }

  after(after, limit) {
    const from = Math.max(after + 1, this.first);
    const messages = [];
    let bytes = 200;
    let to = from - 1;
    let isCut = false;
    while (to < this.head && messages.length < limit && this.entries.has(to + 1)) {
      const entry = this.entries.get(to + 1);
      bytes += JSON.stringify(entry).length + 1;
      if (bytes > FRAME_BYTES) {
        isCut = true;
        break;
      }
      messages.push(entry);
      to++;
    }
    const pending = !isCut && messages.length < limit && to < this.head;
    return {
      head: this.head,
      first: this.first,
      from,
      to,
      messages,
      more: to < this.head,
      pending,
    };
  }

  before(before, limit) {
    let to = Math.min(before - 1, this.head);
    let pending = false;
    let from = to + 1;
    const messages = [];
    while (from > this.first && messages.length < limit) {
      const entry = this.entries.get(from - 1);
      if (entry) messages.unshift(entry);
      else {
        pending = true;
        to = from - 2;
        messages.length = 0;
      }
      from--;
    }
    const more = from > this.first;
    return { head: this.head, first: this.first, from, to, messages, more, pending };
  }
}
