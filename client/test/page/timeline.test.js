import assert from "node:assert/strict";
import { test } from "node:test";
import { ENTRIES_MAX, Timeline } from "../../page/timeline.js";

/** A log that pages are read from, as the library reads them. */
function logOf(head, first = 1) {
  const log = { head, first, reads: [], pending: false, fits: Infinity };
  log.read = async ({ before, after, limit }) => {
    log.reads.push({ before, after });
    const to =
      after === undefined
        ? Math.min(log.head, (before ?? Infinity) - 1)
        : Math.min(log.head, after + Math.min(limit, log.fits));
    const from =
      after === undefined ? Math.max(log.first, to - limit + 1) : Math.max(log.first, after + 1);
    const messages = log.pending ? [] : entries(from, to);
    return {
      messages,
      from,
      to: messages.at(-1)?.position ?? from - 1,
      head: log.head,
      first: log.first,
      more: after === undefined ? from > log.first : to < log.head,
      pending: log.pending,
    };
  };
  return log;
}

function entries(from, to) {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => ({ position: from + i }));
}

async function begun(log, pause = async () => {}) {
  const timeline = new Timeline(log.read, () => {}, pause);
  timeline.begin(await log.read({ limit: 200 }));
  return timeline;
}

function assertWithoutGap(timeline) {
  timeline.entries.forEach(({ position }, i) =>
    assert.equal(position, timeline.entries[0].position + i),
  );
}

test("it begins at the end and grows upwards to the first", async () => {
  const timeline = await begun(logOf(1_000));
  assert.deepEqual([timeline.from, timeline.to], [801, 1_000]);
  while (timeline.hasBefore) await timeline.loadBefore();
  assert.deepEqual([timeline.from, timeline.to], [1, 1_000]);
  assertWithoutGap(timeline);
});

test("what has expired is not asked for", async () => {
  const log = logOf(1_000, 901);
  const timeline = await begun(log);
  assert.equal(timeline.hasBefore, false);
  await timeline.loadBefore();
  assert.equal(log.reads.length, 1);
});

test("a page is asked for once while it is on its way", async () => {
  const log = logOf(1_000);
  const timeline = await begun(log);
  await Promise.all([timeline.loadBefore(), timeline.loadBefore(), timeline.loadBefore()]);
  assert.equal(log.reads.length, 2);
});

test("a link leads to its message where messages are so long that a page holds few", async () => {
  const log = logOf(1_000);
  const timeline = await begun(log);
  log.fits = 1;
  await timeline.show(300);
  assert.deepEqual([timeline.from, timeline.to], [300, 300]);
  await timeline.loadBefore();
  assert.equal(timeline.entries.at(-2).position, 299);
});

test("a link leads into the past, and reading on leads back to now", async () => {
  const log = logOf(1_000);
  const timeline = await begun(log);
  await timeline.show(300);
  assert.equal(timeline.isAttached, false);
  assert.ok(timeline.from < 300 && timeline.to > 300);
  log.head = 1_001;
  timeline.arrive({ position: 1_001 });
  assert.ok(timeline.to < 1_000, "what arrives now is not behind what is read of the past");
  while (!timeline.isAttached) await timeline.loadAfter();
  assert.equal(timeline.to, 1_001);
  assertWithoutGap(timeline);
  timeline.arrive({ position: 1_002 });
  assert.equal(timeline.to, 1_002);
});

test("a link into what is there already reads nothing", async () => {
  const log = logOf(1_000);
  const timeline = await begun(log);
  await timeline.show(900);
  assert.equal(log.reads.length, 1);
  assert.equal(timeline.isAttached, true);
});

test("the way back to now needs no reading", async () => {
  const log = logOf(5_000);
  const timeline = await begun(log);
  await timeline.show(10);
  const { length } = log.reads;
  timeline.latest();
  assert.equal(timeline.to, 5_000);
  assert.equal(log.reads.length, length);
});

test("a page that comes after the window has moved is for nobody", async () => {
  const log = logOf(5_000);
  const timeline = await begun(log);
  const slow = timeline.loadBefore();
  await timeline.show(10);
  await slow;
  assertWithoutGap(timeline);
  assert.ok(timeline.from <= 10 && timeline.to < 1_000);
});

test("it holds so many entries and no more, whichever way it grows", async () => {
  const timeline = await begun(logOf(ENTRIES_MAX + 2_000));
  while (timeline.hasBefore) await timeline.loadBefore();
  assert.ok(timeline.entries.length <= ENTRIES_MAX);
  assert.equal(timeline.from, 1);
  assert.equal(timeline.isAttached, false, "its end was let go of");
  while (!timeline.isAttached) await timeline.loadAfter();
  assert.equal(timeline.to, ENTRIES_MAX + 2_000);
  assertWithoutGap(timeline);
});

test("a position that is not filled yet is asked for again after a pause", async () => {
  const log = logOf(1_000);
  const pauses = [];
  const timeline = await begun(log, async (ms) => pauses.push(ms));
  await timeline.show(10);
  log.pending = true;
  await timeline.loadAfter();
  assert.equal(pauses.length, 1);
  assert.equal(timeline.loading, "");
});

test("reading that fails leaves the window as it was", async () => {
  const log = logOf(1_000);
  const timeline = await begun(log);
  log.read = async () => {
    throw new Error("refused");
  };
  const failing = new Timeline(
    log.read,
    () => {},
    async () => {},
  );
  failing.begin({ messages: entries(801, 1_000), to: 1_000, first: 1 });
  await assert.rejects(failing.loadBefore());
  assert.equal(failing.loading, "");
  assert.equal(failing.from, 801);
});
