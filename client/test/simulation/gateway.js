import { Log } from "./log.js";

const LIFE = 2 * 3_600_000;
const FRAME_BYTES = 32 * 1024;
const IDLE = 600_000;
const SWEEP = 5_000;

/**
 * API Gateway and what is behind it, scripted: the protocol's routes on a log in memory, and everything
 * that may go wrong on the way.
 */
export class Gateway {
  rooms = new Map();
  connections = new Set();
  /** A code with which a frame is refused for good. */
  refuse = (connection, frame) => undefined;
  /** Rooms that sync answers `forbidden` for. */
  banned = new Set();
  /** Whether a handshake with this room is let in. */
  admits = (room) => true;
  /** What has arrived. */
  frames = [];
  /** When who came. */
  handshakes = [];

  constructor(clock, mischief, { latency = 20 } = {}) {
    this.clock = clock;
    this.mischief = mischief;
    this.latency = latency;
    this.WebSocket = socketOf(this);
    clock.setTimeout(() => this.#sweep(), SWEEP);
  }

  log(room) {
    if (!this.rooms.has(room)) this.rooms.set(room, new Log());
    return this.rooms.get(room);
  }

  /** A moment on the network. */
  travel() {
    return this.latency * (0.5 + this.mischief.random());
  }

  #sweep() {
    for (const connection of [...this.connections]) {
      const age = this.clock.now() - connection.openedAt;
      if (age >= LIFE) {
        this.mischief.count("two-hours");
        connection.end(1001);
      } else if (this.clock.now() - connection.activeAt >= IDLE) {
        this.mischief.count("idle");
        connection.end(1001);
      } else if (this.mischief.strikes("cut")) connection.end(1006);
      else if (this.mischief.strikes("vanished")) connection.vanish();
      else if (this.mischief.strikes("membership-lost")) connection.rooms.clear();
    }
    for (const log of this.rooms.values()) {
      if (this.mischief.strikes("entries-expired")) log.expire(log.head - 5);
    }
    if (this.mischief.strikes("redeploy")) {
      for (const connection of [...this.connections]) connection.end(1001);
    }
    this.clock.setTimeout(() => this.#sweep(), SWEEP);
  }

  /** Answers a handshake: the connection, or why not. */
  handshake(url, protocols, connection) {
    this.handshakes.push({ at: this.clock.now(), url, protocols });
    if (!protocols.includes("roomlog.v1")) return 400;
    if (this.mischief.strikes("handshake-refused")) return 500;
    connection.client = url.searchParams.get("client");
    const bearer = protocols.find((each) => each.startsWith("bearer."));
    if (bearer) {
      connection.expiresAt = grantedUntil(bearer);
      if (connection.expiresAt <= this.clock.now()) return 401;
    }
    if ([...this.connections].some((each) => each.client === connection.client)) {
      this.mischief.count("moved");
    }
    connection.name = url.searchParams.get("name") ?? "anonymous";
    for (const room of (url.searchParams.get("room") ?? "lobby").split(",")) {
      if (!this.admits(room)) return 403;
      connection.rooms.add(room);
    }
    return 101;
  }

  /** What a route answers. */
  route(connection, frame) {
    const { mischief } = this;
    this.frames.push(frame);
    const code = this.refuse(connection, frame);
    if (code) return refusal(code);
    if (connection.expiresAt <= this.clock.now()) {
      mischief.count("token-expired");
      return { type: "error", code: "expired", message: "the token has expired", temporary: false };
    }
    if (mischief.strikes("unavailable")) return temporary("unavailable");
    const route = routes[frame.action];
    if (!route) return { message: "Forbidden", connectionId: "c", requestId: "r" };
    if (mischief.strikes("function-failed")) return failure();
    const answer = route(this, connection, frame);
    // Done, and yet nobody is told so.
    return mischief.strikes("failed-after-done") ? failure() : answer;
  }

  /** Tells everybody in a room. A push is a hint. */
  push(room, positions) {
    const log = this.log(room);
    for (const connection of this.connections) {
      if (!connection.rooms.has(room) || connection.expiresAt <= this.clock.now()) continue;
      for (const batch of this.#batches(positions)) {
        const messages = batch.map((position) => log.entries.get(position)).filter(Boolean);
        if (messages.length && !this.mischief.strikes("push-dropped")) {
          const [from, to] = [messages[0].position, messages.at(-1).position];
          this.#deliver(connection, { type: "messages", room, from, to, messages });
        }
      }
    }
  }

  /** Mostly together, sometimes each in a frame of its own. */
  #batches(positions) {
    return this.mischief.random() < 0.5 ? [positions] : positions.map((position) => [position]);
  }

  #deliver(connection, frame) {
    const text = JSON.stringify(frame);
    const delay = this.mischief.strikes("push-late") ? 8_000 * this.mischief.random() : 0;
    connection.deliver(text, this.travel() + delay);
    if (this.mischief.strikes("push-repeated")) {
      connection.deliver(text, this.travel() + 20_000 * this.mischief.random());
    }
    if (this.mischief.strikes("malformed")) {
      connection.deliver(this.mischief.garbage(), this.travel());
    }
  }

  /** Stores what no client sends: other types, holes that are filled late, and voids. */
  disturb(room) {
    const log = this.log(room);
    const { mischief } = this;
    const at = this.clock.now();
    if (mischief.strikes("unknown-type")) {
      const position = log.handOut();
      log.fill(position, { type: "later", sender: "x", name: "x", at, data: "?" });
      this.push(room, [position]);
    }
    if (mischief.strikes("hole")) {
      const position = log.handOut();
      this.clock.setTimeout(
        () => {
          const isVoid = mischief.random() < 0.5;
          log.fill(
            position,
            isVoid ? { type: "void" } : { sender: "x", name: "x", at, data: "late" },
          );
          this.push(room, [position]);
        },
        200 + 12_000 * mischief.random(),
      );
    }
  }
}

const temporary = (code) => ({ type: "error", code, message: code, temporary: true });
const failure = () => ({ message: "Internal server error", connectionId: "c", requestId: "r" });

const routes = {
  send(gateway, connection, { room, messages }) {
    if (gateway.mischief.strikes("rate-limited")) return temporary("rate_limited");
    const ids = new Set(messages.map((each) => each.id));
    if (messages.length > 25 || ids.size < messages.length) return refusal("invalid_id");
    if (messages.some((each) => each.data?.poison)) return refusal("invalid_data");
    const log = gateway.log(room);
    const at = gateway.clock.now();
    const acks = messages.map(({ id, data }) => {
      gateway.disturb(room);
      return log.append(connection.client, id, {
        sender: connection.name,
        name: connection.name,
        at,
        data,
      });
    });
    const positions = acks.filter((ack) => ack.isNew).map((ack) => ack.position);
    if (positions.length) gateway.push(room, positions);
    return { type: "ack", room, acks: acks.map(({ isNew, ...ack }) => ack) };
  },
  join(gateway, connection, { room, after }) {
    connection.rooms.add(room);
    const log = gateway.log(room);
    const { head, first } = log;
    if (after === undefined) return { type: "joined", room, head, first };
    if (after > head) {
      const page = { from: after + 1, to: after, messages: [], more: false, pending: false };
      return { type: "joined", room, head, first, ...page, recovered: false };
    }
    return { type: "joined", room, ...log.after(after, 1_000), recovered: after + 1 >= first };
  },
  leave(gateway, connection, { room }) {
    if (!connection.rooms.delete(room)) return refusal("not_a_member");
    return { type: "left", room };
  },
  history(gateway, connection, { room, after, before, limit = 50 }) {
    const log = gateway.log(room);
    const page =
      after === undefined ? log.before(before ?? log.head + 1, limit) : log.after(after, limit);
    return { type: "history", room, ...page };
  },
  sync(gateway, connection, { rooms }) {
    const open = Object.keys(rooms).filter((room) => !gateway.banned.has(room));
    for (const room of open) connection.rooms.add(room);
    const heads = open.map((room) => [room, gateway.log(room).head]);
    const closed = Object.keys(rooms).filter((room) => gateway.banned.has(room));
    const forbidden = closed.length && Object.fromEntries(closed.map((room) => [room, "banned"]));
    return { type: "heads", rooms: Object.fromEntries(heads), ...(forbidden && { forbidden }) };
  },
};

const refusal = (code) => ({ type: "error", code, message: code, temporary: false });

function grantedUntil(bearer) {
  return JSON.parse(Buffer.from(bearer.split(".")[2], "base64url").toString()).granted;
}

/** A token that says when it expires, which need not be how long it is granted. */
export function tokenUntil(epochMillis, granted = epochMillis) {
  const payload = JSON.stringify({ exp: Math.floor(epochMillis / 1000), granted });
  return `e30.${Buffer.from(payload).toString("base64url")}.sig`;
}

/** The WebSocket of one gateway, both ends of it. */
function socketOf(gateway) {
  const { clock, mischief } = gateway;
  return class SimulatedSocket {
    onopen = null;
    onmessage = null;
    onclose = null;
    onerror = null;
    rooms = new Set();
    expiresAt = Infinity;
    #isOver = false;
    #vanished = false;
    #arrives = 0;

    constructor(url, protocols) {
      if (mischief.strikes("handshake-hangs")) return;
      clock.setTimeout(() => {
        if (this.#isOver) return;
        const status = gateway.handshake(new URL(url), protocols, this);
        if (status !== 101) return this.#close(1006);
        this.openedAt = this.activeAt = clock.now();
        gateway.connections.add(this);
        clock.setTimeout(() => this.#isOver || this.onopen?.({}), gateway.travel());
      }, gateway.travel());
    }

    send(text) {
      if (this.#isOver || this.#vanished || mischief.strikes("frame-lost")) return;
      this.activeAt = clock.now();
      if (Buffer.byteLength(text) > FRAME_BYTES) return this.end(1009);
      // Frames of one connection arrive in order; what is done with them may overtake.
      this.#arrives = Math.max(clock.now() + gateway.travel(), this.#arrives);
      const late = mischief.strikes("done-late") ? 25_000 * mischief.random() : 0;
      clock.setTimeout(() => this.#arrived(text), this.#arrives - clock.now() + late);
    }

    #arrived(text) {
      const frame = JSON.parse(text);
      const answer = gateway.route(this, frame);
      const type = answer.type === undefined ? answer : { ...answer, ref: frame.ref };
      if (mischief.strikes("answer-lost")) return;
      const late = mischief.strikes("answer-late") ? 40_000 * mischief.random() : 0;
      this.deliver(JSON.stringify(type), gateway.travel() + late);
    }

    deliver(text, delay) {
      if (this.#isOver || this.#vanished) return;
      this.activeAt = clock.now();
      clock.setTimeout(() => {
        if (!this.#isOver && !this.#vanished) this.onmessage?.({ data: text });
      }, delay);
    }

    /** Nothing comes or goes any more, and nobody is told. */
    vanish() {
      this.#vanished = true;
      gateway.connections.delete(this);
    }

    end(code) {
      gateway.connections.delete(this);
      clock.setTimeout(() => this.#close(code), gateway.travel());
    }

    close() {
      this.#isOver = true;
      gateway.connections.delete(this);
    }

    #close(code) {
      if (this.#isOver) return;
      this.#isOver = true;
      gateway.connections.delete(this);
      this.onerror?.({});
      this.onclose?.({ code });
    }
  };
}
