import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../page/outbox.js";
import { Settings } from "../../page/settings.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** As much of a browser's storage as is used. */
function storage() {
  const kept = {};
  return new Proxy(kept, {
    get: (_, name) =>
      ({
        getItem: (key) => kept[key] ?? null,
        setItem: (key, value) => (kept[key] = String(value)),
        removeItem: (key) => delete kept[key],
      })[name] ?? kept[name],
  });
}

function world(local = storage()) {
  const settings = new Settings("ws://x", local, storage());
  const calls = [];
  let now = 0;
  const outbox = new Outbox({
    send: (data, { id }) =>
      new Promise((resolve, reject) => calls.push({ data, id, resolve, reject })),
    keep: {
      unsent: () => settings.unsent("lobby"),
      put: (item) => settings.keepUnsent("lobby", item),
      drop: (id) => settings.dropUnsent("lobby", id),
    },
    newId: () => `id${now}`,
    now: () => ++now,
    changed: () => {},
  });
  return { outbox, calls, settings, local };
}

test("a message is on its way until it is stored, and there until it arrives", async () => {
  const { outbox, calls, settings } = world();
  const item = outbox.write("hello");
  assert.equal(item.state, "sending");
  assert.equal(settings.unsent("lobby").length, 1);
  calls[0].resolve({ position: 7 });
  await settle();
  assert.deepEqual([item.state, item.position], ["stored", 7]);
  assert.equal(settings.unsent("lobby").length, 0);
  outbox.arrived({ id: item.id, position: 7 });
  assert.equal(outbox.items.length, 0);
});

test("what was refused says why, and is tried again with the same id", async () => {
  const { outbox, calls } = world();
  const item = outbox.write("hello");
  calls[0].reject(Object.assign(new Error("room is full"), { code: "forbidden" }));
  await settle();
  assert.deepEqual([item.state, item.error], ["failed", "room is full"]);
  outbox.retry(item);
  assert.equal(item.state, "sending");
  assert.equal(calls[1].id, calls[0].id);
});

test("what was not stored is sent again after a reload, in order and with the same ids", () => {
  const local = storage();
  const before = world(local);
  before.outbox.write("one");
  before.outbox.write({ two: 2 });
  const after = world(local);
  after.outbox.resume();
  assert.deepEqual(
    after.calls.map(({ data }) => data),
    ["one", { two: 2 }],
  );
  assert.deepEqual(
    after.calls.map(({ id }) => id),
    before.calls.map(({ id }) => id),
  );
});

test("what was discarded is not sent again", async () => {
  const { outbox, calls, settings } = world();
  const item = outbox.write("hello");
  calls[0].reject(new Error("no"));
  await settle();
  outbox.discard(item);
  assert.equal(outbox.items.length, 0);
  assert.equal(settings.unsent("lobby").length, 0);
});

test("a chat that is closed for another name fails nothing", async () => {
  const { outbox, calls, settings } = world();
  const item = outbox.write("hello");
  calls[0].reject(Object.assign(new Error("closed"), { code: "closed" }));
  await settle();
  assert.equal(item.state, "sending");
  assert.equal(settings.unsent("lobby").length, 1);
});

test("a browser that stores nothing is remembered for here", () => {
  const refusing = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error("denied");
      },
    },
  );
  const { outbox, settings } = world(refusing);
  outbox.write("hello");
  assert.equal(settings.unsent("lobby").length, 1);
  assert.equal(settings.client, settings.client);
  settings.token = "secret";
  assert.equal(settings.token, "secret");
});

test("two rooms and two servers are kept apart", () => {
  const local = storage();
  const one = new Settings("ws://one", local, storage());
  const two = new Settings("ws://two", local, storage());
  one.keepUnsent("a", { id: "x", data: 1, at: 1 });
  assert.equal(one.unsent("b").length, 0);
  assert.equal(two.unsent("a").length, 0);
  assert.notEqual(one.client, two.client);
});

test("rooms with something to be sent are known, also those that were left", () => {
  const settings = new Settings("ws://x", storage(), storage());
  settings.rooms = ["lobby"];
  settings.keepUnsent("left", { id: "a.1", data: "x", at: 1 });
  settings.keepUnsent("left", { id: "a.2", data: "y", at: 2 });
  assert.deepEqual(settings.unsentRooms, ["left"]);
  settings.dropUnsent("left", "a.1");
  settings.dropUnsent("left", "a.2");
  assert.deepEqual(settings.unsentRooms, []);
});

test("what is stored as rooms and is none does no harm", () => {
  const local = storage();
  const settings = new Settings("ws://x", local, storage());
  local.setItem("roomlog ws://x rooms", '{"a":1}');
  assert.deepEqual(settings.rooms, ["lobby"]);
  local.setItem("roomlog ws://x rooms", '["a b", "kitchen", 5]');
  assert.deepEqual(settings.rooms, ["kitchen"]);
});
