import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAMES_MAX, Wire } from "../../page/inspect/wire.js";

/** A socket that a test speaks through. */
class Scripted {
  static all = [];
  sent = [];
  constructor(url, protocols) {
    Object.assign(this, { url, protocols, readyState: 1, closed: 0 });
    Scripted.all.push(this);
  }
  send(text) {
    this.sent.push(text);
  }
  close() {
    this.closed++;
  }
}

function connected() {
  Scripted.all = [];
  const held = [];
  const wire = new Wire(
    Scripted,
    () => 0,
    (then) => held.push(then),
  );
  const socket = new wire.WebSocket("ws://x", ["roomlog.v1"]);
  const got = [];
  const ends = [];
  socket.onmessage = ({ data }) => got.push(JSON.parse(data).from ?? JSON.parse(data).type);
  socket.onclose = ({ code }) => ends.push(code);
  const [inner] = Scripted.all;
  inner.onopen?.({});
  const push = (from) => inner.onmessage({ data: JSON.stringify({ type: "messages", from }) });
  const answer = (type) => inner.onmessage({ data: JSON.stringify({ type }) });
  return { wire, socket, got, ends, inner, push, answer, held };
}

test("what passes is seen and handed over", () => {
  const { wire, socket, got, inner, push } = connected();
  socket.send('{"action":"sync"}');
  push(1);
  assert.deepEqual(inner.sent, ['{"action":"sync"}']);
  assert.deepEqual(got, [1]);
  assert.deepEqual(
    wire.frames.map(({ way }) => way),
    ["wire", "out", "in"],
  );
  assert.equal(wire.frames[1].bytes, 17);
});

test("pushes are dropped, answers never", () => {
  const { wire, got, push, answer } = connected();
  wire.todo.drop = 2;
  push(1);
  answer("ack");
  push(2);
  push(3);
  assert.deepEqual(got, ["ack", 3]);
  assert.deepEqual(wire.frames.filter(({ fate }) => fate === "dropped").length, 2);
});

test("a push is repeated", () => {
  const { wire, got, push } = connected();
  wire.todo.repeat = 1;
  push(1);
  push(2);
  assert.deepEqual(got, [1, 1, 2]);
});

test("two pushes change places, and one without a second comes late", () => {
  const { wire, got, push, held } = connected();
  wire.todo.swap = 1;
  push(1);
  push(2);
  assert.deepEqual(got, [2, 1]);
  wire.todo.swap = 1;
  push(3);
  assert.deepEqual(got, [2, 1]);
  held.at(-1)();
  assert.deepEqual(got, [2, 1, 3]);
  const fates = wire.frames.filter(({ way }) => way === "in").map(({ fate }) => fate);
  assert.deepEqual(fates, ["held", "", "late", "held", "late"]);
});

test("a push that is held goes down with its connection", () => {
  const { wire, got, push, held } = connected();
  wire.todo.swap = 1;
  push(1);
  wire.cut();
  held.at(-1)();
  assert.deepEqual(got, []);
  assert.equal(wire.frames.filter(({ fate }) => fate === "late").length, 0);
  assert.match(wire.frames.at(-1).text, /lost with its connection/);
});

test("a cut ends the connection for the library and says nothing to the server before", () => {
  const { wire, ends, inner, push, got } = connected();
  wire.cut();
  assert.deepEqual(ends, [1006]);
  assert.equal(inner.closed, 1);
  assert.equal(wire.connections, 0);
  push(1);
  assert.deepEqual(got, []);
});

test("who stays cut off gets no connection until it is over", async () => {
  const { wire } = connected();
  wire.stayCut(true);
  const ends = [];
  const socket = new wire.WebSocket("ws://x", []);
  socket.onclose = ({ code }) => ends.push(code);
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(ends, [1006]);
  assert.equal(Scripted.all.length, 1, "nothing was opened");
  wire.stayCut(false);
  new wire.WebSocket("ws://x", []);
  assert.equal(Scripted.all.length, 2);
});

test("so many frames are kept and no more, and none of them whole if it is long", () => {
  const { wire, push, inner } = connected();
  for (let i = 0; i < 2 * FRAMES_MAX; i++) push(i);
  assert.equal(wire.frames.length, FRAMES_MAX);
  inner.onmessage({ data: JSON.stringify({ type: "messages", data: "x".repeat(30_000) }) });
  assert.ok(wire.frames.at(-1).text.length < 5_000);
  assert.ok(wire.frames.at(-1).bytes > 30_000);
});
