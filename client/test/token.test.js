import assert from "node:assert/strict";
import { test } from "node:test";
import { settled } from "./simulation/clock.js";
import { tokenUntil } from "./simulation/gateway.js";
import { HOUR, collect, dataOf, numbers, outcome, world } from "./world.js";

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
