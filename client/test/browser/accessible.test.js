import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { PAGE, newRoom, startBrowser } from "./browser.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** What axe finds wrong, in a line each. */
async function violations(page) {
  // An evaluation over the debugging protocol is not under the page's policy.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document));
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function lively(options) {
  const room = newRoom();
  const ann = await browser.open("ann", { at: `#${room}`, options });
  const bob = await browser.open("bob", { at: `#${room}` });
  await ann.say("hello, look at https://example.com");
  await bob.say("مرحبا");
  await bob.say("x".repeat(2_000));
  await ann.sees("مرحبا");
  await ann.page.waitForSelector("#list .all:not([hidden])");
  await bob.close();
  return ann;
}

for (const [look, options] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["light on a phone", { ...PHONE, colorScheme: "light" }],
  ["dark on a phone", { ...PHONE, colorScheme: "dark" }],
]) {
  test(`axe finds nothing wrong: ${look}`, async () => {
    const ann = await lively(options);
    const { page } = ann;
    assert.deepEqual(await violations(page), [], "chat");
    await page.click("#tab-inspect");
    await page.click("#drop");
    await page.click("#burst");
    await page.waitForFunction(() => document.querySelectorAll("#entries tr").length > 5);
    await ann.happened(/dropped by you/);
    assert.deepEqual(await violations(page), [], "inspect");
    await page.click("#offline");
    await ann.is("offline");
    assert.deepEqual(await violations(page), [], "offline");
    await page.click("#tab-chat");
    if (page.viewportSize().width < 720) await page.click("#menu");
    assert.deepEqual(await violations(page), [], "rooms");
    await page.click("#help-open");
    assert.deepEqual(await violations(page), [], "help");
    await page.keyboard.press("Escape");
    await page.click("#who");
    assert.deepEqual(await violations(page), [], "settings");
    await ann.close();
  });
}

test("on a phone nothing sticks out, in either tab", async () => {
  const ann = await lively(PHONE);
  const widths = () =>
    ann.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.body.scrollWidth,
      innerWidth,
    ]);
  assert.deepEqual(await widths(), [360, 360, 360]);
  await ann.inspect();
  assert.deepEqual(await widths(), [360, 360, 360]);
  const inspect = await ann.page.$eval("#inspect", (tab) => [tab.scrollWidth, tab.clientWidth]);
  assert.equal(inspect[0], inspect[1]);
  await ann.close();
});

test("the rooms slide in on a phone, and the focus with them", async () => {
  const ann = await browser.open("ann", { at: `#${newRoom()}`, options: PHONE });
  assert.equal(await ann.page.isVisible("#join-room"), false);
  await ann.page.click("#menu");
  await ann.page.waitForSelector("#join-room", { state: "visible" });
  assert.equal(
    await ann.page.evaluate(() => document.getElementById("side").contains(document.activeElement)),
    true,
  );
  await ann.page.keyboard.press("Escape");
  await ann.page.waitForSelector("#join-room", { state: "hidden" });
  assert.equal(await ann.page.evaluate(() => document.activeElement.id), "menu");
  await ann.close();
});

test("the theme is the system's until somebody chooses", async () => {
  const context = await browser.newContext({ colorScheme: "dark" });
  const page = await context.newPage();
  const isDark = () =>
    page.evaluate(() => {
      const [red] = getComputedStyle(document.body).color.match(/\d+/g).map(Number);
      return red > 128;
    });
  await page.goto(`${PAGE}?name=ann`);
  await page.waitForSelector("#title:not(:empty)");
  assert.equal(await isDark(), true);
  await page.click("#theme");
  assert.equal(await isDark(), false);
  await page.reload();
  await page.waitForSelector("#title:not(:empty)");
  assert.equal(await isDark(), false);
  await context.close();
});
