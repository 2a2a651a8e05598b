import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../lib/index.js";
import { settled } from "./simulation/clock.js";
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
