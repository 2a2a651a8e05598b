/**
 * Measures how long the page's tasks take in a room of 10,000 messages, in a real Chromium:
 *
 *     ./mvnw verify -pl tests -am -Ppage
 *
 * starts a run with such a room, `long`, and calls `npm run measure -- --times 3 --out FILE`, with the page's
 * address in ROOMLOG_PAGE. Three
 * things are measured: opening the room, as the first page of a browser and again in the same one; scrolling with
 * the mouse wheel from its last message to its first; and following a link to a message in the middle. Every task
 * of the page's main thread counts, whatever it does: scripts, style, layout, paint, collecting garbage. Ends with
 * 1 if one was over the limit while it scrolled.
 */
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { PAGE, startBrowser } from "../test/browser/browser.js";
import { CATEGORIES, tasksOf } from "./tasks.js";

/** A task longer than this is felt. */
const TASK_MS = 60;

const ROOM = "long";
const MIDDLE = 5_000;

/** A turn of the wheel, in pixels; and how long until the next. */
const TURN = 600;
const TURN_MS = 10;

/** After the last thing that was asked of it, the page is left in peace for so long. */
const REST_MS = 600;

const LIMIT_MS = 120_000;

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "3" },
    out: { type: "string" },
  },
});

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The parts of one round: what is done, and its tasks. */
async function round() {
  const browser = await startBrowser();
  try {
    const parts = {};
    const opened = (name) => async () => {
      const person = await browser.open(name, { at: `#${ROOM}`, prepare: watch });
      await person.page.waitForFunction(() => document.querySelectorAll("#list .row").length > 5);
      return { person };
    };
    parts.first = await traced(browser, undefined, opened("ann"));
    const { page } = parts.first.person;
    await page.mouse.move(640, 400);
    parts.scroll = await traced(browser, page, () => scroll(page));
    await parts.first.person.close();
    parts.open = await traced(browser, undefined, opened("bob"));
    const bob = parts.open.person;
    parts.link = await traced(browser, bob.page, async () => {
      await bob.goTo(`#${ROOM}/${MIDDLE}`);
      await bob.page.waitForSelector(`#list .row.target[aria-posinset="${MIDDLE}"]`);
    });
    await bob.close();
    return parts;
  } finally {
    await browser.close();
  }
}

async function traced(browser, page, act) {
  await pause(REST_MS);
  await browser.startTracing(page, CATEGORIES);
  const found = await act();
  await pause(REST_MS);
  const trace = await browser.stopTracing();
  return { ...found, tasks: tasksOf(String(trace), PAGE) };
}

/** Counts rows as they come and go, which costs the page next to nothing. */
function watch(page) {
  return page.addInitScript(() => {
    const seen = (window.seen = new Set());
    window.rowsMax = 0;
    document.addEventListener("DOMContentLoaded", () => {
      const list = document.getElementById("list");
      new MutationObserver(() => {
        window.rowsMax = Math.max(window.rowsMax, list.childElementCount - 2);
        for (const row of list.children) {
          const place = Number(row.getAttribute("aria-posinset"));
          if (place) seen.add(place);
        }
      }).observe(list, { childList: true });
    });
  });
}

async function scroll(page) {
  const end = Date.now() + LIMIT_MS;
  let turns = 0;
  while (Date.now() < end) {
    await page.mouse.wheel(0, -TURN);
    await pause(TURN_MS);
    if (++turns % 20) continue;
    const isAtFirst = await page.evaluate(
      () => window.seen.has(1) && document.getElementById("list").scrollTop <= 0,
    );
    if (isAtFirst) break;
  }
  const [rowsMax, seen] = await page.evaluate(() => [window.rowsMax, window.seen.size]);
  return { turns, rowsMax, seen };
}

/** @param {import("./tasks.js").Task[]} tasks */
function figures(tasks) {
  const longest = tasks.reduce((a, b) => (b.ms > a.ms ? b : a));
  const over = (ms) => tasks.filter((task) => task.ms > ms).length;
  const { parts } = longest;
  const made = Object.entries(parts)
    .sort(([, a], [, b]) => b - a)
    .filter(([, ms]) => ms >= 0.5)
    .map(([kind, ms]) => `${kind} ${ms.toFixed(0)}`);
  return {
    longest: longest.ms,
    cpu: longest.cpuMs,
    count: tasks.length,
    over: [16, 30, TASK_MS].map(over),
    busy: tasks.reduce((sum, task) => sum + task.ms, 0),
    made: made.join(", "),
  };
}

const NAMES = {
  first: "open the room, first page of the browser",
  open: "open the room again",
  scroll: "scroll from 10,000 to 1",
  link: "a link to 5,000",
};

const lines = [];
const worst = {};
const began = new Date();
const load = loadavg()[0];
for (let time = 1; time <= Number(values.times); time++) {
  const parts = await round();
  for (const [part, name] of Object.entries(NAMES)) {
    const { tasks, turns, rowsMax, seen } = parts[part];
    const { longest, cpu, over, busy, made, count } = figures(tasks);
    worst[part] = Math.max(worst[part] ?? 0, longest);
    const rows = turns === undefined ? "" : `${rowsMax} at once, ${seen} in ${turns} turns`;
    const cells = [
      name,
      time,
      longest.toFixed(1),
      cpu?.toFixed(1) ?? "–",
      made,
      ...over,
      count,
      Math.round(busy),
      rows,
    ];
    lines.push(`| ${cells.join(" | ")} |`);
    console.log(lines.at(-1));
  }
}
const most = Object.entries(NAMES).map(([part, name]) => `${name}: ${worst[part].toFixed(1)} ms`);
const text = `# Tasks of the page in a room of 10,000 messages

Made by \`./mvnw verify -pl tests -am -Ppage\` on ${began.toISOString().slice(0, 10)}, on ${availableParallelism()} processors
(${cpus()[0].model}; load ${load.toFixed(2)} at the beginning) that also ran the server, the whole browser and the tracing.
Chromium draws without a graphics card.

The longest tasks. ${most.join("; ")}.

A task over ${TASK_MS} ms is felt: while it scrolls, one fails the command. *processor ms* is how long the longest
task had a processor; the rest it waited, for a processor or for the browser's other processes. *its parts* are
ms of its whole time. *busy* is the sum of all tasks.

| what | time | longest ms | processor ms | its parts | > 16 ms | > 30 ms | > ${TASK_MS} ms | tasks | busy ms | rows |
|---|---|---|---|---|---|---|---|---|---|---|
${lines.join("\n")}
`;
if (values.out) await writeFile(values.out, text);
console.log(text);
process.exitCode = worst.scroll > TASK_MS ? 1 : 0;
