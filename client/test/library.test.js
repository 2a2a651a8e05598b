import assert from "node:assert/strict";
import { test } from "node:test";
import { RoomlogError, connect } from "../lib/index.js";
import { Feed } from "../lib/feed.js";
import { VirtualClock, settled } from "./simulation/clock.js";
import { Gateway, tokenUntil } from "./simulation/gateway.js";
import { Mischief } from "./simulation/mischief.js";
import { seeded } from "./simulation/random.js";

const HOUR = 3_600_000;

function world(chances = {}) {
  const clock = new VirtualClock();
  const random = seeded(7);
  const mischief = new Mischief(random, chances);
  const gateway = new Gateway(clock, mischief);
  const idle = clock.pending;
  const chatOf = (client, options = {}) =>
    connect("ws://test/Prod", {
      name: client,
      client,
      clock,
      random,
      WebSocket: gateway.WebSocket,
      ...options,
    });
  const say = (room, ...all) => {
    for (const data of all) {
      const { position } = gateway
        .log(room)
        .append("x", undefined, { sender: "x", name: "x", at: clock.now(), data });
      gateway.push(room, [position]);
    }
  };
  return { clock, gateway, mischief, chatOf, say, idle };
}

/** What an iteration gives, in time. */
function collect(iterator) {
  const got = [];
  (async () => {
    for await (const each of iterator) got.push(each);
    got.hasEnded = true;
  })().catch((error) => (got.error = error));
  return got;
}

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const dataOf = (entries) => entries.map(({ data }) => data);
const outcome = (promise) => promise.catch((error) => error);

test("history, then live, with no seam", async () => {
  const { clock, chatOf, say } = world();
  say("lobby", ...numbers(1, 120));
  const ann = chatOf("ann");
  const states = [];
  ann.on("state", ({ state }) => states.push(state));
  const got = collect(ann.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  say("lobby", ...numbers(121, 130));
  await clock.run(3_000);
  assert.deepEqual(dataOf(got), numbers(1, 130));
  assert.deepEqual(states, ["catching up", "live"]);
});

test("with no position it begins with what is stored from now on", async () => {
  const { clock, chatOf, say } = world();
  say("lobby", "old");
  const got = collect(chatOf("ann").room("lobby").messages());
  await clock.run(1_000);
  say("lobby", "new");
  await clock.run(1_000);
  assert.deepEqual(dataOf(got), ["new"]);
});

test("entries that are no messages are left out, and given to who asks for all", async () => {
  const { clock, gateway, chatOf, say } = world();
  const log = gateway.log("lobby");
  say("lobby", "one");
  for (const type of ["void", "deleted", "edit", "react", "of a later version"]) {
    log.fill(log.handOut(), { type });
  }
  say("lobby", "two");
  const room = chatOf("ann").room("lobby");
  const [messages, all] = [collect(room.messages({ after: 0 })), collect(room.messages({ after: 0, all: true }))];
  const page = room.history({ after: 0 });
  await clock.run(1_000);
  assert.deepEqual(messages.map(({ position }) => position), [1, 7]);
  assert.deepEqual(all.map(({ position }) => position), numbers(1, 7));
  assert.deepEqual((await page).messages.map(({ position }) => position), [1, 7]);
  assert.equal((await page).to, 7);
});

test("sends wait for the connection, and go in order in few frames", async () => {
  const { clock, gateway, chatOf } = world();
  const room = chatOf("ann").room("lobby");
  const all = numbers(1, 60).map((n) => room.send(n));
  await clock.run(1_000);
  const stored = await Promise.all(all);
  assert.deepEqual(stored.map(({ position }) => position), numbers(1, 60));
  assert.deepEqual(dataOf([...gateway.log("lobby").entries.values()]), numbers(1, 60));
  assert.equal(gateway.frames.length, 3);
});

test("one message that is refused does not take the others of its frame with it", async () => {
  const { clock, gateway, chatOf } = world();
  const room = chatOf("ann").room("lobby");
  const all = numbers(1, 25).map((n) => outcome(room.send(n === 13 ? { poison: true } : n)));
  await clock.run(5_000);
  const results = await Promise.all(all);
  assert.ok(results[12] instanceof RoomlogError);
  assert.equal(results[12].code, "invalid_data");
  assert.deepEqual(
    dataOf([...gateway.log("lobby").entries.values()]),
    numbers(1, 25).filter((n) => n !== 13),
  );
  assert.ok(gateway.frames.length <= 12, `${gateway.frames.length} frames`);
});

test("a room that is refused refuses its messages at once", async () => {
  const { clock, gateway, chatOf } = world();
  gateway.refuse = (connection, { room }) => (room === "cellar" ? "forbidden" : undefined);
  const chat = chatOf("ann");
  const got = collect(chat.room("cellar").messages({ after: 0 }));
  const sends = numbers(1, 10).map((n) => outcome(chat.room("cellar").send(n)));
  const page = outcome(chat.room("cellar").history());
  const other = chat.room("lobby").send("hello");
  await clock.run(2_000);
  assert.equal(got.error.code, "forbidden");
  for (const each of await Promise.all([...sends, page])) assert.equal(each.code, "forbidden");
  assert.equal((await other).position, 1);
});

test("what cannot be sent is refused with the field, its form and the limit", async () => {
  const { chatOf } = world();
  const room = chatOf("ann", { queueMessages: 2, queueBytes: 50_000 }).room("lobby");
  const codeOf = async (data, options) => (await outcome(room.send(data, options))).code;
  const circle = {};
  circle.self = circle;
  for (const data of [undefined, "", () => 1, 1n, circle]) {
    assert.equal(await codeOf(data), "invalid_data");
  }
  for (const id of ["", "a b", "x".repeat(65), 'a"b']) {
    assert.equal(await codeOf("x", { id }), "invalid_id");
  }
  const large = await outcome(room.send("é".repeat(12_288)));
  assert.equal(large.message, "data is 24578 bytes; the limit is 24576");
  room.send("x".repeat(24_574));
  room.send("x".repeat(24_574));
  const full = await outcome(room.send("y"));
  assert.deepEqual([full.code, full.temporary], ["queue_full", true]);
  assert.match(full.message, /2 messages of 49152 bytes wait; the limits are 2 messages and 50000/);
  assert.throws(() => chatOf("ann").room("no such room"), { code: "invalid_room" });
  assert.throws(() => room.messages({ after: -1 }), { code: "invalid_field" });
  assert.throws(() => room.messages({ after: "1" }), { code: "invalid_field" });
  assert.throws(() => chatOf("a b"), { code: "invalid_field" });
});

test("the same id twice is stored once, also within one moment", async () => {
  const { clock, gateway, chatOf } = world();
  const room = chatOf("ann").room("lobby");
  const [one, two] = [room.send("a", { id: "m1" }), room.send("b", { id: "m1" })];
  await clock.run(1_000);
  assert.deepEqual(await one, { ...(await two), duplicate: false });
  assert.equal((await two).duplicate, true);
  assert.equal(gateway.log("lobby").head, 1);
});

test("what is sent is what it was when it was sent", async () => {
  const { clock, gateway, chatOf } = world();
  const data = { n: 1 };
  chatOf("ann").room("lobby").send(data);
  data.n = 2;
  await clock.run(1_000);
  assert.deepEqual(gateway.log("lobby").entries.get(1).data, { n: 1 });
});

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
  assert.deepEqual(states, ["offline: no answer for 30 s", "catching up: connected", "live: connected"]);
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

test("what expired before it was read is told of, and what follows is given", async () => {
  const { clock, gateway, chatOf, say } = world();
  say("lobby", ...numbers(1, 10));
  gateway.log("lobby").expire(4);
  const chat = chatOf("ann");
  const lost = [];
  chat.on("lost", (each) => lost.push(each));
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(1_000);
  assert.deepEqual(dataOf(got), numbers(5, 10));
  assert.deepEqual(lost, [{ room: "lobby", from: 1, to: 4 }]);
});

test("a log that ends before what was read is another log, and the iteration says so", async () => {
  const { clock, chatOf, say } = world();
  say("lobby", 1, 2, 3);
  const room = chatOf("ann").room("lobby");
  const beyond = collect(room.messages({ after: 500 }));
  await clock.run(1_000);
  assert.equal(beyond.error.code, "log_reset");
  assert.match(beyond.error.message, /ends at 3, and 500 was read/);
  const anew = collect(room.messages({ after: 0 }));
  await clock.run(1_000);
  assert.deepEqual(dataOf(anew), [1, 2, 3]);
});

test("a slow reader keeps a bounded part, reads the rest from the log, and misses nothing", async () => {
  const { clock, chatOf, say } = world();
  let most = 0;
  const take = Feed.prototype.take;
  Feed.prototype.take = function (entries) {
    take.call(this, entries);
    most = Math.max(most, this.held.size);
  };
  try {
    const room = chatOf("ann", { buffer: 100 }).room("lobby");
    const slow = room.messages({ after: 0 });
    const quick = collect(room.messages({ after: 0 }));
    await clock.run(1_000);
    for (let i = 0; i < 50; i++) {
      say("lobby", ...numbers(1 + 40 * i, 40 + 40 * i));
      await clock.run(3_000);
    }
    assert.deepEqual(dataOf(quick), numbers(1, 2_000));
    const got = collect(slow);
    await clock.run(60_000);
    assert.deepEqual(dataOf(got), numbers(1, 2_000));
    assert.equal(most, 100);
  } finally {
    Feed.prototype.take = take;
  }
});

test("several iterations share one membership, and the last that ends leaves the room", async () => {
  const { clock, gateway, chatOf, say } = world();
  const room = chatOf("ann").room("lobby");
  const [one, two] = [room.messages({ after: 0 }), room.messages({ after: 0 })];
  const [first, second] = [collect(one), collect(two)];
  await clock.run(1_000);
  await one.return();
  say("lobby", "hello");
  await clock.run(1_000);
  assert.deepEqual([dataOf(first), dataOf(second)], [[], ["hello"]]);
  assert.ok(!gateway.frames.some(({ action }) => action === "leave"));
  await two.return();
  await clock.run(1_000);
  assert.ok([...gateway.connections].every(({ rooms }) => !rooms.has("lobby")));
  assert.deepEqual([first.hasEnded, second.hasEnded], [true, true]);
});

test("a loop that is left and begun again goes on where it was", async () => {
  const { clock, chatOf, say } = world();
  say("lobby", 1, 2, 3);
  const room = chatOf("ann").room("lobby");
  const until = async (n) => {
    for await (const { data, position } of room.messages({ after: n - 2 })) {
      if (data === n) return position;
    }
  };
  const second = until(2);
  await clock.run(1_000);
  assert.equal(await second, 2);
  const third = until(3);
  await clock.run(1_000);
  assert.equal(await third, 3);
});

test("history reads in either direction", async () => {
  const { clock, chatOf, say } = world();
  say("lobby", ...numbers(1, 100));
  const room = chatOf("ann").room("lobby");
  const pages = [room.history({ before: 100, limit: 50 }), room.history({ after: 10, limit: 5 }), room.history()];
  await clock.run(1_000);
  const [back, on, latest] = await Promise.all(pages);
  assert.deepEqual([back.from, back.to, back.more, back.head], [50, 99, true, 100]);
  assert.deepEqual(dataOf(on.messages), numbers(11, 15));
  assert.deepEqual(dataOf(latest.messages), numbers(51, 100));
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

test("without a WebSocket it says where to get one", { skip: "WebSocket" in globalThis }, () => {
  assert.throws(() => connect("ws://test/Prod"), /option WebSocket/);
  assert.throws(() => connect("no address"), TypeError);
});
