/**
 * Takes the pictures of README: start ./roomlog, then npm run screenshots [-- http://localhost:3001/]
 *
 * Needs a Chromium at /usr/bin/chromium, or where CHROMIUM says.
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const PAGE = process.argv[2] ?? "http://localhost:3001/";
const FOLDER = fileURLToPath(new URL("../docs/", import.meta.url));
const LIMIT = 30_000;

const TALK = [
  ["Ann", "Morning! Every message here has a position, and it never moves."],
  ["Böb", "What if my train goes into a tunnel?"],
  ["Ann", "You come back, say which position you have, and get the rest in order."],
  ["Ann", "Try it: open Inspect and press “Stay cut off”."],
  ["Cem", "مرحبا 👋 صباح الخير"],
  ["Cem", "The four rules are in https://example.com/docs/protocol"],
  ["Böb", "And what I write in the tunnel?"],
  ["Ann", "Waits, and is stored once, however often it is sent."],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});

/** @param {string} name @param {string} room @param {object} options */
async function open(name, room, options) {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 680 },
    locale: "en-GB",
    ...options,
  });
  context.setDefaultTimeout(LIMIT);
  const page = await context.newPage();
  await page.goto(`${PAGE}?name=${encodeURIComponent(name)}#${room}`);
  await page.waitForFunction(() => document.getElementById("status-text")?.textContent === "live");
  return page;
}

/** @param {any} page @param {string} text */
async function say(page, text) {
  await page.fill("#words", text);
  await page.press("#words", "Enter");
  await page.waitForFunction(() => !document.querySelector("#list .sending"));
}

/** @param {any} page @param {string} name */
async function picture(page, name) {
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  console.log(`docs/${name}.png`);
}

const room = `team-${Date.now().toString(36).slice(-4)}`;
const people = Object.fromEntries(
  await Promise.all(["Ann", "Böb", "Cem"].map(async (name) => [name, await open(name, room, {})])),
);
for (const [name, text] of TALK) await say(people[name], text);
const last = TALK.at(-1)[1];
await people.Böb.waitForFunction(
  (/** @type {string} */ text) => document.getElementById("list")?.textContent?.includes(text),
  last,
);
await picture(people.Böb, "page-light");

const dark = await open("Böb", room, { colorScheme: "dark" });
await dark.waitForFunction(
  (/** @type {string} */ text) => document.getElementById("list")?.textContent?.includes(text),
  last,
);
await picture(dark, "page-dark");

const phone = await open("Böb", room, {
  viewport: { width: 360, height: 680 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 1,
});
await phone.waitForFunction(
  (/** @type {string} */ text) => document.getElementById("list")?.textContent?.includes(text),
  last,
);
await phone.click("#tab-inspect");
await phone.click("#offline");
await phone.click("#tab-chat");
await phone.fill("#words", "I am in the tunnel now");
await phone.press("#words", "Enter");
await phone.waitForSelector("#list .sending");
await picture(phone, "page-phone");

const watcher = await open("Böb", room, { viewport: { width: 1100, height: 760 } });
await watcher.click("#tab-inspect");
const done = (/** @type {number} */ count) =>
  watcher.waitForFunction(
    (/** @type {number} */ least) => document.querySelectorAll("#entries tr").length >= least,
    count,
  );
await watcher.click("#burst");
await done(TALK.length + 10);
await watcher.click("#drop");
await watcher.click("#burst");
await watcher.waitForFunction(() =>
  /healed by history/.test(document.getElementById("happenings")?.textContent ?? ""),
);
await done(TALK.length + 20);
await watcher.click("#cut");
await say(people.Ann, "Did you miss this?");
await watcher.waitForFunction(() => document.getElementById("status-text")?.textContent === "live");
await done(TALK.length + 21);
await watcher.click("#swap");
await watcher.click("#burst");
await done(TALK.length + 31);
await watcher.click("#drop");
await watcher.click("#burst");
await watcher.waitForFunction(() => document.querySelectorAll("#tape .missing").length >= 3);
await picture(watcher, "page-inspect");
await browser.close();
