import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LIMIT, startBrowser } from "./browser.js";

/** Messages in the room `long`. */
const MESSAGES = 10_000;

/** Rows in the document at most: what is seen of a window of 760 px, and as much again on both sides. */
const ROWS_MAX = 90;

/** How far is scrolled at once, in pixels. */
const STRIDE = 1_200;

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

test("10,000 messages of history scroll, with few rows in the document and no jump", async () => {
  const ann = await browser.open("ann", { at: "#long" });
  await ann.page.waitForFunction(() => document.querySelectorAll("#list .row").length > 5);
  const result = await ann.page.evaluate(
    async ({ messages, limit, stride }) => {
      const list = document.getElementById("list");
      const rendered = () => [...list.querySelectorAll(".row")];
      const placeOf = (row) => Number(row.getAttribute("aria-posinset"));
      const pause = () =>
        new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const top = list.getBoundingClientRect().top;
      const seenAt = () => rendered().find((row) => row.getBoundingClientRect().bottom > top + 40);
      const seen = new Set(rendered().map(placeOf));
      let rowsMax = 0;
      let jumps = 0;
      let steps = 0;
      const end = performance.now() + limit;
      while (performance.now() < end) {
        // No further than what is in the document; then whatever comes above must not move what is seen.
        list.scrollTop -= stride;
        await pause();
        steps++;
        const mark = seenAt();
        const position = placeOf(mark);
        const y = mark.getBoundingClientRect().top;
        for (const row of rendered()) seen.add(placeOf(row));
        rowsMax = Math.max(rowsMax, rendered().length);
        await pause();
        const same = rendered().find((row) => placeOf(row) === position);
        if (!same || Math.abs(same.getBoundingClientRect().top - y) > 1.5) jumps++;
        if (list.scrollTop <= 0 && seen.has(1)) break;
      }
      let missed = 0;
      for (let position = 1; position <= messages; position++) if (!seen.has(position)) missed++;
      return { rowsMax, jumps, steps, missed, nodes: document.querySelectorAll("*").length };
    },
    { messages: MESSAGES, limit: 120_000, stride: STRIDE },
  );
  console.log(
    `history: ${MESSAGES} messages in ${result.steps} steps, at most ${result.rowsMax} rows and ` +
      `${result.nodes} elements in the document, ${result.jumps} jumps`,
  );
  assert.equal(result.missed, 0, "every message was seen on the way up");
  assert.ok(result.rowsMax <= ROWS_MAX, `${result.rowsMax} rows in the document`);
  assert.equal(result.jumps, 0);
  assert.deepEqual(ann.errors, []);
  await ann.close();
});

test("a link opens at its message, with what was said around it, and leads on to now", async () => {
  const ann = await browser.open("ann", { at: "#long/5000" });
  await ann.page.waitForSelector("#list .row.target");
  const target = await ann.page.$eval("#list .row.target", (row) => {
    const { top, bottom } = document.getElementById("list").getBoundingClientRect();
    const place = row.getBoundingClientRect();
    return {
      position: row.getAttribute("aria-posinset"),
      isSeen: place.top >= top && place.bottom <= bottom,
      hasFocus: row === document.activeElement,
      before: row.previousElementSibling.getAttribute("aria-posinset"),
      after: row.nextElementSibling.getAttribute("aria-posinset"),
    };
  });
  assert.deepEqual(target, {
    position: "5000",
    isSeen: true,
    hasFocus: true,
    before: "4999",
    after: "5001",
  });
  await ann.page.evaluate(async () => {
    const list = document.getElementById("list");
    const has = (position) => list.querySelector(`[aria-posinset="${position}"]`);
    for (let i = 0; i < 2_000 && !has(5_400); i++) {
      list.scrollTop += 600;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  });
  assert.ok(await ann.page.$('#list [aria-posinset="5400"]'), "reading on leads on");
  await ann.page.click("#to-end");
  await ann.page.waitForSelector(`#list [aria-posinset="${MESSAGES}"]`);
  await ann.close();
});

test("a link to where nothing stands yet opens at the end", async () => {
  const ann = await browser.open("ann", { at: "#long/99999" });
  await ann.page.waitForSelector(`#list [aria-posinset="${MESSAGES}"]`, { timeout: LIMIT });
  await ann.close();
});
