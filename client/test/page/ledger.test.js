import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, POSITIONS_MAX } from "../../page/inspect/ledger.js";

const entries = (...positions) => positions.map((position) => ({ position, at: 1_000 }));
const frame = (type, positions, head, fate = "", at = 1_020) => ({
  frame: { type, room: "lobby", head, messages: entries(...positions) },
  fate,
  at,
  bytes: 100,
});

function begun(head = 10) {
  const ledger = new Ledger();
  ledger.take(frame("history", [head], head));
  return ledger;
}

test("pushes in order leave nothing missing, and their latency is measured", () => {
  const ledger = begun();
  ledger.take(frame("messages", [11]));
  ledger.take(frame("messages", [12, 13]));
  assert.equal(ledger.missing, 0);
  assert.equal(ledger.inSequence, 13);
  assert.equal(ledger.latency(0.5), 20);
  assert.equal(ledger.marks.get(12).how, "push");
});

test("a gap shows with the push behind it, and what heals it is told", () => {
  const ledger = begun();
  ledger.take(frame("messages", [13]));
  assert.equal(ledger.missing, 2);
  assert.equal(ledger.inSequence, 10);
  ledger.take(frame("history", [11, 12, 13], 13, "", 1_900));
  assert.equal(ledger.missing, 0);
  assert.equal(ledger.inSequence, 13);
  assert.equal(ledger.healed.history, 2);
  assert.equal(ledger.marks.get(11).wasMissing, true);
  assert.match(ledger.events.at(-1).text, /Positions 11–12 healed by history after 880 ms/);
});

test("a push that overtook another heals its gap by a late push", () => {
  const ledger = begun();
  ledger.take(frame("messages", [12]));
  ledger.take(frame("messages", [11]));
  assert.equal(ledger.healed.push, 1);
  assert.equal(ledger.inSequence, 12);
});

test("a dropped frame is missing at once and healed by join", () => {
  const ledger = begun();
  ledger.take(frame("messages", [11, 12], undefined, "dropped"));
  assert.equal(ledger.missing, 2);
  assert.equal(ledger.marks.get(11).wasDropped, true);
  ledger.take(frame("joined", [11, 12], 12));
  assert.equal(ledger.healed.join, 2);
  assert.equal(ledger.missing, 0);
});

test("a push that is held has not come until it is let go", () => {
  const ledger = begun();
  ledger.take(frame("messages", [11], undefined, "held"));
  assert.equal(ledger.head, 10);
  assert.match(ledger.events.at(-1).text, /Position 11 held back by you/);
  ledger.take(frame("messages", [12]));
  assert.equal(ledger.missing, 1);
  ledger.take(frame("messages", [11], undefined, "late"));
  assert.equal(ledger.healed.push, 1);
  assert.equal(ledger.repeats, 0);
});

test("what comes twice is counted", () => {
  const ledger = begun();
  ledger.take(frame("messages", [11]));
  ledger.take(frame("messages", [11]));
  assert.equal(ledger.repeats, 1);
  assert.equal(ledger.marks.get(11).repeats, 1);
});

test("what was said before one came is not missing", () => {
  const ledger = new Ledger();
  ledger.take(frame("messages", [99]));
  ledger.take(frame("history", [95, 96], 100));
  assert.equal(ledger.missing, 0);
  ledger.take(frame("history", [50, 51], 100));
  assert.equal(ledger.missing, 0);
  assert.deepEqual([...ledger.marks.keys()], [50, 51, 95, 96, 99]);
});

test("a head that was told shows the last message that got lost", () => {
  const ledger = begun();
  ledger.told(11, 2_000);
  assert.equal(ledger.missing, 1);
});

test("it remembers so much and no more", () => {
  const ledger = begun(0);
  for (let position = 1; position <= 3 * POSITIONS_MAX; position++)
    ledger.take(frame("messages", [position]));
  assert.equal(ledger.marks.size, POSITIONS_MAX);
  assert.ok(ledger.latencies.length <= 200);
  for (let i = 0; i < 1_000; i++) ledger.note("wire", "x", i);
  assert.equal(ledger.events.length, 200);
  ledger.told(50 * POSITIONS_MAX, 1);
  assert.equal(ledger.marks.size, POSITIONS_MAX);
});
