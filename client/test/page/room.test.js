import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatRoom } from "../../page/room.js";

/** A room of which a test says what comes. */
function scripted() {
  const waiting = [];
  const library = {
    history: async () => ({ messages: [], from: 1, to: 0, head: 0, first: 1, more: false }),
    messages: () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((resolve) => waiting.push(resolve)),
      }),
    }),
    send: async () => ({ position: 1 }),
  };
  const settings = {
    tag: "t",
    name: "ann",
    unsent: () => [],
    keepUnsent: () => {},
    dropUnsent: () => {},
    readTo: () => undefined,
    setReadTo: () => {},
  };
  const room = new ChatRoom("lobby", library, settings, {
    changed: () => {},
    arrived: () => {},
    isConnected: () => true,
  });
  const comes = (value) => waiting.shift()({ value, done: false });
  return { room, comes };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("an own message is the same row when it comes back from the log", async () => {
  const { room, comes } = scripted();
  room.start();
  await turn();
  const { id } = room.outbox.write("hello");
  const [sent] = room.rows(800);
  assert.equal(sent.state, "sending");
  await turn();
  comes({ position: 1, id, sender: "ann", name: "Ann", at: 5, data: "hello" });
  await turn();
  const rows = room.rows(800);
  assert.equal(rows.length, 1);
  assert.equal(rows[0], sent);
  assert.equal(rows[0].entry.name, "Ann");
  assert.equal(rows[0].state, "stored");
  assert.equal(rows[0].item, undefined);
  assert.equal(rows[0].isStale, true, "it is drawn anew");
});

test("a message of somebody else is a row of its own", async () => {
  const { room, comes } = scripted();
  room.start();
  await turn();
  room.outbox.write("mine");
  const [mine] = room.rows(800);
  await turn();
  comes({ position: 1, sender: "bob", name: "Bob", at: 5, data: "theirs" });
  await turn();
  const rows = room.rows(800);
  assert.deepEqual(
    rows.map(({ text }) => text),
    ["theirs", "mine"],
  );
  assert.equal(rows[1], mine);
});
