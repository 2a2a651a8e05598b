import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LIMIT, PAGE, newRoom, startBrowser } from "./browser.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** What has the focus: an id, a class, or the body if it is lost. */
const focus = ({ page }) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element.id || element.className || element.localName;
  });

/** Waits until the first message that is seen is as it is to be. @param {any} person @param {(position: number) => boolean} is */
async function until({ page }, is, what) {
  for (const end = Date.now() + LIMIT; ;) {
    const position = await page.evaluate(() => {
      const list = document.getElementById("list");
      const { top } = list.getBoundingClientRect();
      const row = [...list.querySelectorAll(".row")].find(
        (each) => each.getBoundingClientRect().bottom > top,
      );
      return Number(row?.getAttribute("aria-posinset"));
    });
    if (is(position)) return position;
    assert.ok(Date.now() < end, `${what}: the first that is seen is ${position}`);
    await page.waitForTimeout(20);
  }
}

test("a page up by key is a page, and Home and End lead to the ends", async () => {
  const ann = await browser.open("ann", { at: "#long" });
  const end = await until(ann, (first) => first > 9_950, "at the end");
  await ann.page.focus("#list");
  // A page of this room has about a dozen messages.
  await ann.page.keyboard.press("PageUp");
  await until(ann, (first) => first < end - 5, "a page up");
  await ann.page.keyboard.press("PageUp");
  await until(ann, (first) => first < end - 16, "another");
  await ann.page.keyboard.press("Home");
  await until(ann, (first) => first < end - 60, "Home");
  await ann.page.keyboard.press("End");
  await until(ann, (first) => first === end, "End");
  assert.equal(await focus(ann), "list");
  await ann.goTo("#long/5000");
  await ann.page.waitForSelector("#list .row.target");
  await ann.page.keyboard.press("End");
  await until(ann, (first) => first === end, "End, from where a link led");
  assert.deepEqual(ann.errors, []);
  await ann.close();
});

test("Tab goes through the links and buttons of one message", async () => {
  const ann = await browser.open("ann", { at: `#${newRoom()}` });
  await ann.say(`https://example.com ${"x\n".repeat(40)}`);
  await ann.page.waitForSelector("#list .all:not([hidden])");
  await ann.page.waitForSelector("#list .state.stored");
  await ann.page.focus("#words");
  await ann.page.keyboard.press("ArrowUp");
  const stops = [];
  for (const key of ["Tab", "Tab", "Tab", "Shift+Tab", "Tab"]) {
    stops.push(await ann.page.evaluate(() => document.activeElement.localName));
    await ann.page.keyboard.press(key);
  }
  assert.deepEqual(stops, ["article", "a", "a", "button", "a"]);
  assert.equal(await focus(ann), "all quiet");
  await ann.page.keyboard.press("Enter");
  assert.equal(await ann.page.textContent("#list .all"), "Show less");
  assert.equal(await focus(ann), "all quiet");
  await ann.close();
});

test("the focus is never lost to the page", async () => {
  const ann = await browser.open("ann", { at: `#${newRoom()}` });
  const { page } = ann;
  await page.keyboard.press("Alt+KeyI");
  assert.equal(await focus(ann), "inspect");
  await page.focus("#skip");
  await page.keyboard.press("Enter");
  assert.equal(await focus(ann), "words", "the message field comes to light");
  await page.fill("#words", "by click");
  await page.click("#send");
  assert.equal(await focus(ann), "words", "one goes on writing");
  await page.click("#tab-inspect");
  await page.click("#offline");
  await ann.is("offline");
  await page.click("#offline");
  await ann.isLive();
  await page.click("#cut");
  await page.focus("#banner-try");
  await page.keyboard.press("Enter");
  await ann.isLive();
  assert.equal(await focus(ann), "inspect");
  await page.click("#burst");
  await page.waitForSelector("#entries a");
  await page.focus("#entries a");
  await page.waitForFunction(() => document.querySelectorAll("#entries tr").length > 8);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "a");
  await ann.goTo("#long/300");
  await page.waitForSelector("#list .row.target");
  await page.focus("#to-end");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#to-end", { state: "hidden" });
  assert.equal(await focus(ann), "list");
  assert.deepEqual(ann.errors, []);
  await ann.close();
});

test("the question for a name stays until it is answered", async () => {
  const context = await browser.newContext({});
  const page = await context.newPage();
  await page.goto(PAGE);
  await page.waitForSelector("#settings[open]");
  for (let i = 0; i < 3; i++) await page.keyboard.press("Escape");
  await page.fill("#name", "ann");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("my-name").textContent === "ann");
  await context.close();
});
