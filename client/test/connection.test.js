import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../lib/index.js";
import { settled } from "./simulation/clock.js";
import { tokenUntil } from "./simulation/gateway.js";
import { HOUR, collect, dataOf, numbers, outcome, world } from "./world.js";

test("closing ends iterations, rejects what waits, and leaves no timer", async () => {
  const { clock, gateway, chatOf, idle } = world();
  const chat = chatOf("ann");
  const room = chat.room("lobby");
  const got = collect(room.messages({ after: 0 }));
  await clock.run(1_000);
  for (const connection of gateway.connections) connection.vanish();
  const waiting = [outcome(room.send("x")), outcome(room.history())];
  await clock.run(1_000);
  chat.close();
  await settled();
  assert.equal(got.hasEnded, true);
  for (const each of await Promise.all(waiting)) assert.equal(each.code, "closed");
  assert.equal((await outcome(room.send("y"))).code, "closed");
  assert.deepEqual(await room.messages({ after: 0 }).next(), { value: undefined, done: true });
  assert.equal(chat.state.state, "closed");
  assert.equal(clock.pending, idle);
});

test("a silent connection is given up within two minutes", async () => {
  const { clock, gateway, chatOf, say } = world();
  const chat = chatOf("ann");
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  const states = [];
  chat.on("state", ({ state, why }) => states.push(`${state}: ${why}`));
  for (const connection of gateway.connections) connection.vanish();
  say("lobby", "meanwhile");
  await clock.run(110_000);
  assert.deepEqual(states, [
    "offline: no answer for 30 s",
    "catching up: connected",
    "live: connected",
  ]);
  assert.deepEqual(dataOf(got), ["meanwhile"]);
});

test("a lost last push is found within 74 s", async () => {
  const { clock, gateway, chatOf, say } = world();
  const got = collect(chatOf("ann").room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  gateway.mischief.chances["push-dropped"] = 1;
  say("lobby", "nobody hears it");
  await clock.run(74_500);
  assert.deepEqual(dataOf(got), ["nobody hears it"]);
});

test("a redeploy does not bring everybody back in one second, nor do planned moves", async () => {
  const { clock, gateway, chatOf } = world();
  const chats = numbers(1, 200).map((n) => chatOf(`c${n}`));
  for (const chat of chats) collect(chat.room("lobby").messages());
  await clock.run(5_000);
  const fullest = (since, width) => {
    const seconds = new Map();
    for (const { at } of gateway.handshakes.filter(({ at }) => at >= since)) {
      const second = Math.floor((at - since) / width);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    return Math.max(...seconds.values());
  };
  const redeployed = clock.now();
  for (const connection of [...gateway.connections]) connection.end(1001);
  await clock.run(10_000);
  assert.equal(gateway.handshakes.length, 400);
  assert.ok(fullest(redeployed, 1_000) < 80, `${fullest(redeployed, 1_000)} in one second`);
  await clock.run(2 * HOUR);
  const planned = fullest(redeployed + 10_000, 60_000);
  assert.ok(planned < 30, `${planned} planned moves in one minute`);
});

test("before the two hours are over it has moved, and nobody notices", async () => {
  const { clock, gateway, mischief, chatOf, say } = world();
  const chat = chatOf("ann");
  const states = [];
  chat.on("state", ({ state }) => states.push(state));
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  for (let minute = 1; minute <= 240; minute++) {
    say("lobby", minute);
    await clock.run(60_000);
  }
  assert.deepEqual(dataOf(got), numbers(1, 240));
  assert.deepEqual(states, ["catching up", "live"]);
  assert.equal(mischief.struck.get("two-hours"), undefined);
  assert.ok(mischief.struck.get("moved") >= 2);
  assert.equal(gateway.connections.size, 1);
});

test("a token is given as a subprotocol, and fetched again before it is over", async () => {
  const { clock, gateway, mischief, chatOf } = world();
  const tokens = [];
  const token = async () => {
    tokens.push(tokenUntil(clock.now() + HOUR / 2));
    return tokens.at(-1);
  };
  collect(chatOf("ann", { token }).room("lobby").messages());
  await clock.run(3 * HOUR);
  assert.ok(tokens.length >= 6 && tokens.length <= 10, `${tokens.length} tokens`);
  assert.deepEqual(
    gateway.handshakes.map(({ protocols }) => protocols),
    tokens.map((each) => ["roomlog.v1", `bearer.${each}`]),
  );
  assert.ok(!gateway.handshakes.some(({ url }) => url.href.includes("token")));
  assert.equal(mischief.struck.get("token-expired"), undefined);
});

test("with a clock that is wrong by hours a token still serves until the server says expired", async () => {
  const { clock, chatOf, say, gateway } = world();
  const token = () => tokenUntil(clock.now() - 5 * HOUR, clock.now() + HOUR / 4);
  const got = collect(chatOf("ann", { token }).room("lobby").messages({ after: 0 }));
  for (let minute = 1; minute <= 60; minute++) {
    say("lobby", minute);
    await clock.run(60_000);
  }
  assert.deepEqual(dataOf(got), numbers(1, 60));
  assert.ok(gateway.handshakes.length < 10, `${gateway.handshakes.length} handshakes`);
});

test("a token that is given as a text cannot be renewed, and the message is refused", async () => {
  const { clock, chatOf } = world();
  const chat = chatOf("ann", { token: tokenUntil(clock.now() + HOUR, clock.now() + 60_000) });
  const first = chat.room("lobby").send("in time");
  await clock.run(61_000);
  const late = outcome(chat.room("lobby").send("too late"));
  await clock.run(1_000);
  assert.equal((await first).position, 1);
  assert.equal((await late).code, "expired");
});

test("a token that is over and cannot be had anew is told, and a new one heals it", async () => {
  const { clock, chatOf, say } = world();
  const end = clock.now() + 60_000;
  let token = tokenUntil(end + HOUR, end);
  const chat = chatOf("ann", { token: async () => token });
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(61_000);
  const states = [];
  chat.on("state", ({ state }) => states.push(state));
  const late = chat.room("lobby").send("late");
  say("lobby", "unheard");
  await clock.run(HOUR / 10);
  assert.deepEqual(new Set(states), new Set(["offline"]));
  token = tokenUntil(clock.now() + HOUR);
  await clock.run(2 * 60_000);
  assert.equal(chat.state.state, "live");
  assert.equal((await late).position, 2);
  assert.deepEqual(dataOf(got), ["unheard", "late"]);
});

test("a token that never comes is asked for again", async () => {
  const { clock, chatOf, say } = world();
  let asked = 0;
  const token = () => (++asked === 1 ? new Promise(() => {}) : tokenUntil(clock.now() + HOUR));
  const chat = chatOf("ann", { token });
  const troubles = [];
  chat.on("trouble", (trouble) => troubles.push(trouble));
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  say("lobby", "hello");
  await clock.run(40_000);
  assert.deepEqual(dataOf(got), ["hello"]);
  assert.deepEqual(troubles, [{ code: "token", message: "no answer for 30 s", count: 1 }]);
});

test("a room that is left while it moves over is left on both connections", async () => {
  const { clock, gateway, chatOf } = world();
  const chat = chatOf("ann");
  const [lobby, attic] = ["lobby", "attic"].map((name) => chat.room(name).messages({ after: 0 }));
  const got = [collect(lobby), collect(attic)];
  await clock.run(1_000);
  gateway.mischief.chances["done-late"] = 1;
  chat.reconnect();
  await clock.runUntil(() => gateway.connections.size === 2, 10_000);
  await clock.run(50);
  await attic.return();
  gateway.mischief.chances["done-late"] = 0;
  await clock.run(60_000);
  assert.equal(got[1].hasEnded, true);
  assert.deepEqual(
    [...gateway.connections].map(({ rooms }) => [...rooms]),
    [["lobby"]],
  );
});

test("who leaves the room that was waited for does not keep the others from being live", async () => {
  const { clock, gateway, chatOf } = world();
  const chat = chatOf("ann");
  collect(chat.room("lobby").messages({ after: 0 }));
  const attic = chat.room("attic").messages({ after: 0 });
  gateway.refuse = (_, { action, room }) => {
    if (action === "join" && room === "attic") gateway.mischief.chances["answer-lost"] = 1;
  };
  await clock.run(1_000);
  assert.equal(chat.state.state, "catching up");
  await attic.return();
  assert.equal(chat.state.state, "live");
});

test("a room that the handshake refuses does not keep the others away", async () => {
  const { clock, gateway, chatOf, say } = world();
  gateway.admits = (room) => room !== "cellar";
  gateway.refuse = (_, { room }) => (room === "cellar" ? "forbidden" : undefined);
  const chat = chatOf("ann");
  const [cellar, lobby] = ["cellar", "lobby"].map((name) =>
    collect(chat.room(name).messages({ after: 0 })),
  );
  say("lobby", "hello");
  await clock.run(10_000);
  assert.equal(cellar.error.code, "forbidden");
  assert.deepEqual(dataOf(lobby), ["hello"]);
  assert.equal(chat.state.state, "live");
});

test("whoever is banned from a room hears so by the next sync, and keeps the others", async () => {
  const { clock, gateway, chatOf, say } = world();
  const chat = chatOf("ann");
  const [cellar, lobby] = ["cellar", "lobby"].map((name) =>
    collect(chat.room(name).messages({ after: 0 })),
  );
  await clock.run(1_000);
  gateway.banned.add("cellar");
  await clock.run(74_500);
  say("lobby", "hello");
  await clock.run(1_000);
  assert.equal(cellar.error.code, "forbidden");
  assert.equal(cellar.error.message, "banned");
  assert.deepEqual(dataOf(lobby), ["hello"]);
  assert.equal(chat.state.state, "live");
});

test("a dead connection holds up no room on the next", async () => {
  const { clock, gateway, chatOf, say } = world();
  const chat = chatOf("ann");
  collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  for (const connection of gateway.connections) connection.vanish();
  const got = collect(chat.room("attic").messages({ after: 0 }));
  say("attic", "up here");
  await clock.run(10);
  chat.reconnect();
  await clock.run(1_000);
  assert.deepEqual(dataOf(got), ["up here"]);
});

test("garbage is counted and stops nothing", async () => {
  const { clock, chatOf, say } = world({ malformed: 1 });
  const chat = chatOf("ann");
  const troubles = [];
  chat.on("trouble", (trouble) => troubles.push(trouble));
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  for (let n = 1; n <= 200; n++) {
    say("lobby", n);
    await clock.run(100);
  }
  await clock.run(90_000);
  assert.deepEqual(dataOf(got), numbers(1, 200));
  assert.equal(chat.state.state, "live");
  const malformed = troubles.filter(({ code }) => code === "malformed");
  assert.equal(malformed.at(-1).count, malformed.length);
  assert.ok(malformed.length > 100);
});

test("without a WebSocket it says where to get one", () => {
  assert.throws(() => connect("ws://test/Prod", { WebSocket: null }), /option WebSocket/);
  assert.throws(() => connect("no address", { WebSocket: class {} }), TypeError);
});

test("a token that makes no subprotocol is fetched again, and brings nothing down", async () => {
  const { clock, gateway, chatOf, say, idle } = world();
  let asked = 0;
  const token = () => (++asked === 1 ? "a.b.c\n" : tokenUntil(clock.now() + HOUR));
  /** As a browser's: whatever is no token of HTTP throws. */
  const WebSocket = class extends gateway.WebSocket {
    constructor(url, protocols) {
      if (protocols.some((each) => /\s/.test(each))) throw new SyntaxError("no subprotocol");
      super(url, protocols);
    }
  };
  const chat = chatOf("ann", { token, WebSocket });
  const why = [];
  chat.on("state", (state) => why.push(state.why));
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  say("lobby", "hello");
  await clock.run(60_000);
  assert.deepEqual(why, ["SyntaxError: no subprotocol", "connected", "connected"]);
  assert.deepEqual(dataOf(got), ["hello"]);
  chat.close();
  await settled();
  assert.equal(clock.pending, idle);
});

test("closing while a token is awaited leaves no timer, and is no trouble", async () => {
  const { clock, chatOf, idle } = world();
  const chat = chatOf("ann", { token: () => new Promise(() => {}) });
  const troubles = [];
  chat.on("trouble", (trouble) => troubles.push(trouble));
  const waiting = outcome(chat.room("lobby").send("x"));
  await clock.run(1_000);
  chat.close();
  await settled();
  assert.equal((await waiting).code, "closed");
  assert.deepEqual(troubles, []);
  assert.equal(clock.pending, idle);
});

test("a next connection whose token is over before it has joined is given up", async () => {
  const { clock, chatOf, say } = world();
  const lives = [60_000, 40, HOUR];
  const token = () => tokenUntil(clock.now() + HOUR, clock.now() + (lives.shift() ?? HOUR));
  const got = collect(chatOf("ann", { token }).room("lobby").messages({ after: 0 }));
  await clock.run(61_000);
  say("lobby", "unheard");
  await clock.run(3 * 60_000);
  assert.deepEqual(dataOf(got), ["unheard"]);
});

test("rooms that wait for a token do not hasten its fetching", async () => {
  const { clock, chatOf } = world();
  const end = clock.now() + 60_000;
  let failed = 0;
  const token = () => {
    if (clock.now() < end) return tokenUntil(end + HOUR, end);
    throw new Error(`the issuer is down: ${++failed}`);
  };
  const chat = chatOf("ann", { token });
  const rooms = numbers(1, 20).map((n) => chat.room(`room${n}`));
  for (const room of rooms) collect(room.messages({ after: 0 }));
  await clock.run(61_000);
  for (const room of rooms) outcome(room.send("late"));
  await clock.run(HOUR / 6);
  assert.ok(failed > 10 && failed < 50, `${failed} tokens asked for in 10 minutes`);
});

test("a text that is over ends who only reads, too", async () => {
  const { clock, chatOf } = world();
  const token = tokenUntil(clock.now() + HOUR, clock.now() + 60_000);
  const got = collect(chatOf("ann", { token }).room("lobby").messages({ after: 0 }));
  await clock.run(61_000 + 74_000);
  assert.equal(got.error.code, "expired");
});

test("a connection that dies while the clock is set back is given up all the same", async () => {
  const { clock, gateway, chatOf, say } = world();
  let behind = 0;
  const wall = { ...clock, now: () => clock.now() - behind };
  const got = collect(chatOf("ann", { clock: wall }).room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  behind = HOUR;
  for (const connection of gateway.connections) connection.vanish();
  say("lobby", "meanwhile");
  await clock.run(110_000);
  assert.deepEqual(dataOf(got), ["meanwhile"]);
});

test("whoever has but one room, and no right to it, is told so", async () => {
  const { clock, gateway, chatOf } = world();
  gateway.admits = (room) => room !== "cellar";
  gateway.refuse = (_, { room }) => (room === "cellar" ? "forbidden" : undefined);
  const cellar = chatOf("ann").room("cellar");
  const got = collect(cellar.messages({ after: 0 }));
  const sent = outcome(cellar.send("let me in"));
  await clock.run(60_000);
  assert.equal(got.error.code, "forbidden");
  assert.equal((await sent).code, "forbidden");
  assert.deepEqual(
    [...gateway.connections].map(({ rooms }) => [...rooms]),
    [[]],
  );
});

test("closing on what a sync tells leaves no timer", async () => {
  const { clock, gateway, chatOf, say, idle } = world();
  const chat = chatOf("ann");
  collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  chat.on("gap", () => chat.close());
  gateway.mischief.chances["push-dropped"] = 1;
  say("lobby", "nobody hears it");
  await clock.runUntil(() => chat.state.state === "closed", 80_000);
  await settled();
  assert.equal(clock.pending, idle);
});

test("next connections that are refused are tried more rarely, however busy the rooms are", async () => {
  const { clock, gateway, chatOf, say } = world();
  const chat = chatOf("ann");
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  gateway.admits = () => false;
  chat.reconnect();
  for (let n = 1; n <= 6_000; n++) {
    say("lobby", n);
    await clock.run(30);
  }
  await clock.run(1_000);
  assert.equal(got.length, 6_000);
  assert.equal(chat.state.state, "live");
  assert.ok(gateway.handshakes.length < 30, `${gateway.handshakes.length} handshakes in 3 minutes`);
});

test("closing ends the connection too that waits for its last answer", async () => {
  const { clock, gateway, chatOf, idle } = world();
  const chat = chatOf("ann");
  collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  gateway.mischief.chances["answer-lost"] = 1;
  outcome(chat.room("lobby").send("unanswered"));
  await clock.run(100);
  gateway.mischief.chances["answer-lost"] = 0;
  chat.reconnect();
  await clock.run(1_000);
  assert.equal(gateway.connections.size, 2);
  chat.close();
  await settled();
  assert.equal(gateway.connections.size, 0);
  assert.equal(clock.pending, idle);
});

test("a server that never ends a connection is not connected to again and again", async () => {
  const { clock, gateway, chatOf } = world();
  /** As a browser's and Node's: what does not fit into 31 bits is over at once. */
  const setTimeout = (then, ms) => clock.setTimeout(then, ms < 2 ** 31 ? ms : 1);
  const chat = chatOf("ann", {
    lifetime: Infinity,
    clock: { ...clock, now: clock.now, setTimeout },
  });
  const sent = chat.room("lobby").send("hello");
  await clock.run(60_000);
  assert.equal((await sent).position, 1);
  assert.equal(gateway.handshakes.length, 1);
});

test("a handshake that fails with an error and no close, as in Node 22, is tried again", async () => {
  const { clock, gateway, chatOf, say } = world();
  let failed = 0;
  const Failing = class {
    constructor() {
      clock.setTimeout(() => this.onerror?.({ message: "refused" }), 10);
    }
    close() {}
  };
  const WebSocket = function (...words) {
    return ++failed < 3 ? new Failing() : new gateway.WebSocket(...words);
  };
  const chat = chatOf("ann", { WebSocket });
  const why = [];
  chat.on("state", (state) => why.push(state.why));
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  say("lobby", "hello");
  await clock.run(15_000);
  assert.deepEqual(why, ["refused", "refused", "connected", "connected"]);
  assert.deepEqual(dataOf(got), ["hello"]);
});
