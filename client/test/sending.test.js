import assert from "node:assert/strict";
import { test } from "node:test";
import { RoomlogError } from "../lib/index.js";
import { collect, dataOf, numbers, outcome, world } from "./world.js";

test("sends wait for the connection, and go in order in few frames", async () => {
  const { clock, gateway, chatOf } = world();
  const room = chatOf("ann").room("lobby");
  const all = numbers(1, 60).map((n) => room.send(n));
  await clock.run(1_000);
  const stored = await Promise.all(all);
  assert.deepEqual(
    stored.map(({ position }) => position),
    numbers(1, 60),
  );
  assert.deepEqual(dataOf([...gateway.log("lobby").entries.values()]), numbers(1, 60));
  assert.equal(gateway.frames.filter(({ action }) => action === "send").length, 3);
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
  const nested = (depth) => JSON.parse("[".repeat(depth) + "1" + "]".repeat(depth));
  const wrong = [undefined, "", () => 1, 1n, circle, { toJSON() {} }, nested(33), nested(2_000)];
  for (const data of wrong) assert.equal(await codeOf(data), "invalid_data");
  for (const id of ["", "a b", "x".repeat(65), 'a"b', 7, null]) {
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
  for (const name of ["", "a\tb", "a\u0085b", "é".repeat(65)]) {
    assert.throws(() => chatOf("ann", { name }), {
      code: "invalid_field",
      message: /^name is not/,
    });
  }
  chatOf("ann", { name: "é".repeat(64) });
});

test("what is nested as deeply as may be, or looks as if it were deeper, is sent", async () => {
  const { clock, gateway, chatOf } = world();
  const room = chatOf("ann").room("lobby");
  const all = [JSON.parse("[".repeat(32) + "1" + "]".repeat(32)), "\n" + "\t".repeat(40)];
  for (const data of all) room.send(data);
  await clock.run(1_000);
  assert.deepEqual(dataOf([...gateway.log("lobby").entries.values()]), all);
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

test("who only sends is not pushed to", async () => {
  const { clock, gateway, chatOf } = world();
  const stored = chatOf("ann").room("lobby").send("hello");
  await clock.run(1_000);
  assert.equal((await stored).position, 1);
  assert.deepEqual(
    [...gateway.connections].map(({ rooms }) => [...rooms]),
    [[]],
  );
});
