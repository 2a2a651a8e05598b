import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed } from "../lib/feed.js";
import { collect, dataOf, numbers, outcome, world } from "./world.js";

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
  const [messages, all] = [
    collect(room.messages({ after: 0 })),
    collect(room.messages({ after: 0, all: true })),
  ];
  const page = room.history({ after: 0 });
  await clock.run(1_000);
  assert.deepEqual(
    messages.map(({ position }) => position),
    [1, 7],
  );
  assert.deepEqual(
    all.map(({ position }) => position),
    numbers(1, 7),
  );
  assert.deepEqual(
    (await page).messages.map(({ position }) => position),
    [1, 7],
  );
  assert.equal((await page).to, 7);
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

test("of a log that is replaced nobody is given what was read of the one before", async () => {
  const { clock, gateway, chatOf, say } = world();
  say("lobby", ...numbers(1, 100));
  const room = chatOf("ann", { buffer: 5 }).room("lobby");
  const quick = collect(room.messages({ after: 0 }));
  const slow = room.messages({ after: 0 });
  const first = slow.next();
  await clock.run(3_000);
  assert.equal((await first).value.data, 1);
  gateway.rooms.delete("lobby");
  say("lobby", "a", "b", "c");
  for (const connection of [...gateway.connections]) connection.end(1001);
  await clock.run(10_000);
  const rest = collect(slow);
  await clock.run(10_000);
  assert.equal(quick.error.code, "log_reset");
  assert.deepEqual(dataOf(rest), ["b", "c"]);
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
  const pages = [
    room.history({ before: 100, limit: 50 }),
    room.history({ after: 10, limit: 5 }),
    room.history(),
  ];
  await clock.run(1_000);
  const [back, on, latest] = await Promise.all(pages);
  assert.deepEqual([back.from, back.to, back.more, back.head], [50, 99, true, 100]);
  assert.deepEqual(dataOf(on.messages), numbers(11, 15));
  assert.deepEqual(dataOf(latest.messages), numbers(51, 100));
});

test("who ends a loop when everything is there has been given everything", async () => {
  const { clock, chatOf, say, idle } = world();
  say("lobby", ...numbers(1, 3));
  const chat = chatOf("ann");
  chat.on("state", ({ state }) => state === "live" && chat.close());
  const got = collect(chat.room("lobby").messages({ after: 0 }));
  await clock.run(10_000);
  assert.deepEqual(dataOf(got), numbers(1, 3));
  assert.equal(got.hasEnded, true);
  assert.equal(clock.pending, idle);
});

test("who ends a loop on hearing of a gap, or that one is healed, leaves nothing behind", async () => {
  for (const [event, given] of [
    ["gap", []],
    ["healed", ["unheard"]],
  ]) {
    const { clock, gateway, chatOf, say, idle } = world();
    const chat = chatOf("ann");
    chat.on(event, () => chat.close());
    const got = collect(chat.room("lobby").messages({ after: 0 }));
    await clock.run(1_000);
    gateway.mischief.chances["push-dropped"] = 1;
    say("lobby", "unheard");
    gateway.mischief.chances["push-dropped"] = 0;
    say("lobby", "heard");
    await clock.runUntil(() => got.hasEnded, 10_000);
    assert.deepEqual([dataOf(got), got.hasEnded], [given, true]);
    assert.equal(clock.pending, idle);
  }
});

test("a loop that ends before the connection is open leaves the room all the same", async () => {
  const { clock, gateway, chatOf } = world();
  const loop = chatOf("ann").room("lobby").messages();
  await clock.run(1);
  await loop.return();
  await clock.run(1_000);
  assert.deepEqual(
    [...gateway.connections].map(({ rooms }) => [...rooms]),
    [[]],
  );
});

test("a loop that has been ended stays ended, whatever comes of what it had asked", async () => {
  const { clock, gateway, chatOf, say } = world();
  say("lobby", ...numbers(1, 100));
  let asked = false;
  gateway.refuse = (_, { action }) => {
    if (action !== "history") return undefined;
    asked = true;
    return "forbidden";
  };
  const loop = chatOf("ann", { buffer: 1 }).room("lobby").messages({ after: 0 });
  const next = loop.next();
  await clock.runUntil(() => asked, 10_000);
  await loop.return();
  await clock.run(1_000);
  for (const each of [next, loop.next()]) {
    assert.deepEqual(await each, { value: undefined, done: true });
  }
});
