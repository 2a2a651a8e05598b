import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../lib/index.js";
import { VirtualClock, settled } from "./simulation/clock.js";
import { Gateway } from "./simulation/gateway.js";
import { Mischief } from "./simulation/mischief.js";
import { seeded } from "./simulation/random.js";

function world(chances = {}) {
  const clock = new VirtualClock();
  const random = seeded(7);
  const mischief = new Mischief(random, chances);
  const gateway = new Gateway(clock, mischief);
  const chatOf = (client, options = {}) =>
    connect("ws://test/Prod", {
      name: client,
      client,
      clock,
      random,
      WebSocket: gateway.WebSocket,
      ...options,
    });
  return { clock, gateway, mischief, chatOf };
}

function collect(iterator) {
  const got = [];
  (async () => {
    for await (const each of iterator) got.push(each);
    got.ended = true;
  })().catch((e) => (got.error = e));
  return got;
}

test("history, then live, with no seam", async () => {
  const { clock, gateway, chatOf } = world();
  for (let i = 1; i <= 120; i++) {
    gateway.log("lobby").append("x", `i${i}`, { sender: "x", name: "x", at: 0, data: i });
  }
  const ann = chatOf("ann");
  const bob = chatOf("bob");
  const got = collect(ann.room("lobby").messages({ after: 0 }));
  const states = [];
  ann.on("state", ({ state }) => states.push(state));
  await clock.run(1_000);
  assert.equal(got.length, 120);
  assert.deepEqual(states, ["catching up", "live"]);
  const stored = bob.room("lobby").send("hello");
  await clock.run(1_000);
  const { position, duplicate } = await stored;
  assert.deepEqual([position, duplicate], [121, false]);
  assert.deepEqual(got.map((each) => each.position), Array.from({ length: 121 }, (_, i) => i + 1));
  assert.equal(got[120].data, "hello");
  ann.close();
  await settled();
  assert.equal(got.ended, true);
  assert.equal(ann.state.state, "closed");
  bob.close();
});

test("sends wait for the connection, and go in order in few frames", async () => {
  const { clock, gateway, chatOf } = world();
  const ann = chatOf("ann");
  const all = Array.from({ length: 60 }, (_, i) => ann.room("lobby").send(i));
  await clock.run(1_000);
  const stored = await Promise.all(all);
  assert.deepEqual(stored.map((each) => each.position), stored.map((_, i) => i + 1));
  assert.deepEqual([...gateway.log("lobby").entries.values()].map((each) => each.data), stored.map((_, i) => i));
});
