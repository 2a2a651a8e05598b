/** Sees what every reader gets and every sender is told, and holds both against the logs. */
export class Witness {
  violations = [];
  received = 0;
  #data = new Set();
  #sent = [];
  #readers = [];

  /** A reader that begins after a position. It is told every entry, or only messages. */
  reader(device, room, after, all) {
    const reader = { device, room, last: after, all, begun: after };
    this.#readers.push(reader);
    return reader;
  }

  took(reader, entry) {
    this.received++;
    const { device, room, last, all } = reader;
    if (entry.position <= last) this.#violated("duplicate", device, room, entry.position);
    else if (all && entry.position !== last + 1)
      this.#violated("gap", device, room, entry.position);
    reader.last = entry.position;
    (reader.got ??= []).push(entry);
  }

  /** A reader was told that it cannot have these. */
  lost(device, room, from, to) {
    for (const reader of this.#readers) {
      if (reader.device === device && reader.room === room && reader.last < to && !reader.isOver) {
        (reader.lost ??= []).push({ from, to });
        if (reader.last === from - 1 || !reader.all) reader.last = to;
      }
    }
  }

  sent(device, room, data, promise) {
    const one = { device, room, data };
    this.#sent.push(one);
    promise.then(
      (stored) => (one.stored = stored),
      (error) => (one.error = error),
    );
  }

  allAnswered() {
    return this.#sent.every((one) => one.stored || one.error);
  }

  /** Whether everything that was sent has an answer and every reader has everything. */
  isQuiet(rooms) {
    return (
      this.allAnswered() &&
      this.#readers.every((reader) => reader.isOver || this.#expected(rooms, reader) <= reader.last)
    );
  }

  #expected(rooms, { room, all }) {
    const log = rooms.get(room);
    if (!log) return 0;
    let last = log.head;
    while (last && !all && log.stored.get(last)?.type !== undefined) last--;
    return last;
  }

  /** At the end, when everything has had its time. */
  judge(rooms) {
    for (const reader of this.#readers) this.#judgeReader(rooms, reader);
    const last = new Map();
    for (const one of this.#sent) this.#judgeSend(rooms, one, last);
    for (const [room, log] of rooms) {
      for (const { position, data } of log.stored.values()) {
        if (data?.n === undefined) continue;
        if (this.#data.has(data.n)) this.#violated("stored twice", "log", room, position);
        this.#data.add(data.n);
      }
    }
    return this.violations;
  }

  #judgeReader(rooms, reader) {
    const { device, room, last, isOver, begun, got = [], lost = [], all } = reader;
    const log = rooms.get(room);
    if (!isOver && this.#expected(rooms, reader) > last) {
      this.#violated("lost", device, room, last + 1);
    }
    const to = isOver ? last : this.#expected(rooms, reader);
    const given = new Set(got.map((each) => each.position));
    for (let position = begun + 1; position <= to; position++) {
      const entry = log.stored.get(position);
      const isWanted = entry && (all || entry.type === undefined);
      const isTold = lost.some(({ from, to }) => from <= position && position <= to);
      if (isTold && position < log.first) continue;
      if (isWanted && !given.has(position)) this.#violated("lost", device, room, position);
    }
    for (const each of got) {
      if (JSON.stringify(log.stored.get(each.position)) !== JSON.stringify(each)) {
        this.#violated("another entry", device, room, each.position);
      }
    }
  }

  #judgeSend(rooms, { device, room, data, stored, error }, last) {
    if (data.poison) {
      if (error?.code !== "invalid_data") this.#violated("poison taken", device, room, data.n);
      return;
    }
    if (!stored) return this.#violated(`send lost (${error ?? "no answer"})`, device, room, data.n);
    const entry = rooms.get(room)?.stored.get(stored.position);
    if (entry?.data?.n !== data.n) this.#violated("ack of another", device, room, stored.position);
    const key = `${device} ${room}`;
    if (stored.position <= (last.get(key) ?? 0)) {
      this.#violated("out of order", device, room, stored.position);
    }
    last.set(key, stored.position);
  }

  #violated(what, device, room, position) {
    this.violations.push({ what, device, room, position });
  }
}
