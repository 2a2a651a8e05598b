import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newRoom, startBrowser } from "./browser.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const LOW = { width: 1180, height: 400 };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Lets the server refuse to join a room, for as long as `isRefused` says so. */
const refusing = (room, isRefused) => (page) =>
  page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const { action, ref, room: which } = JSON.parse(text);
      if (action !== "join" || which !== room || !isRefused()) return server.send(text);
      const code = "too_many_rooms";
      const message = "a connection joins at most 50 rooms";
      socket.send(JSON.stringify({ type: "error", ref, code, message, temporary: false }));
    });
  });

test("a room that can be read and not joined says so, is marked, and is tried again", async () => {
  const room = newRoom();
  const bob = await browser.open("bob", { at: `#${room}` });
  await bob.say("before");
  await bob.page.waitForSelector("#list .state.stored");
  let isFull = true;
  const ann = await browser.open("ann", {
    at: `#${room}`,
    isReady: false,
    prepare: refusing(room, () => isFull),
  });
  await ann.sees("before");
  await ann.page.waitForSelector("#notice >> text=Nothing new comes from this room: a connection");
  assert.equal(await ann.page.locator(`#rooms a[aria-label="${room}, refused"]`).count(), 1);
  await bob.say("meanwhile");
  isFull = false;
  await ann.page.click("#notice-try");
  await ann.sees("meanwhile");
  await ann.page.waitForSelector("#notice", { state: "hidden" });
  await bob.say("after");
  await ann.sees("after");
  assert.deepEqual(await ann.texts(), ["before", "meanwhile", "after"]);
  await Promise.all([ann.close(), bob.close()]);
});

test("a link to where no message stands says so, and marks none", async () => {
  const room = newRoom();
  const ann = await browser.open("ann", { at: `#${room}` });
  await ann.say("the only one");
  await ann.page.waitForSelector("#list .state.stored");
  await ann.goTo(`#${room}/7`);
  await ann.page.waitForSelector("#notice >> text=There is no message 7 yet");
  assert.equal(await ann.page.locator("#list .row.target").count(), 0);
  await ann.goTo(`#${room}/1`);
  await ann.page.waitForSelector("#list .row.target");
  assert.equal(await ann.page.isVisible("#notice"), false);
  await ann.goTo("#../x");
  await ann.page.waitForSelector("#notice >> text=“../x” is no room");
  assert.equal(new URL(ann.page.url()).hash, `#${room}`);
  await ann.close();
});

test("who leaves a room before something is sent to it finds it again, sent", async () => {
  const [room, other] = [newRoom(), newRoom()];
  const ann = await browser.open("ann", { at: `#${other}` });
  await ann.goTo(`#${room}`);
  await ann.hasJoined(room);
  await ann.inspect();
  await ann.page.click("#offline");
  await ann.is("offline");
  await ann.chat();
  await ann.say("do not lose me");
  await ann.page.click("#leave");
  await ann.page.waitForFunction((name) => !document.title.includes(name), room);
  await ann.page.reload();
  await ann.page.click(`#rooms a[href="#${room}"]`);
  await ann.page.waitForSelector("#list .state.stored");
  assert.deepEqual(await ann.texts(), ["do not lose me"]);
  await ann.close();
});

test("on a phone a room is chosen, and left, in the list that slides in", async () => {
  const [room, other] = [newRoom(), newRoom()];
  const ann = await browser.open("ann", { at: `#${room}`, options: PHONE });
  const { page } = ann;
  const isOpen = () => page.$eval("#side", (side) => side.classList.contains("open"));
  await page.click("#menu");
  await page.tap(`#rooms a[href="#${room}"]`);
  assert.equal(await isOpen(), false, "the room that is open is a choice too");
  assert.equal(await page.evaluate(() => document.activeElement.id), "menu");
  await ann.goTo(`#${other}`);
  await ann.hasJoined(other);
  await page.click("#menu");
  await page.click("#leave-here");
  await page.waitForFunction((name) => !document.title.includes(name), other);
  assert.equal(await isOpen(), false);
  assert.equal(await page.locator(`#rooms a[href="#${other}"]`).count(), 0);
  await page.click("#menu");
  await page.setViewportSize({ width: 1000, height: 600 });
  await page.waitForSelector("#shade", { state: "hidden" });
  await ann.close();
});

test("who comes back to the tab is led to where what is new begins", async () => {
  const room = newRoom();
  const ann = await browser.open("ann", { at: `#${room}` });
  const bob = await browser.open("bob", { at: `#${room}`, options: { viewport: LOW } });
  const look = (state) =>
    bob.page.evaluate((visibilityState) => {
      Object.defineProperty(document, "visibilityState", {
        value: visibilityState,
        configurable: true,
      });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  for (let i = 1; i <= 5; i++) await ann.say(`seen ${i}`);
  await bob.sees("seen 5");
  await look("hidden");
  for (let i = 1; i <= 15; i++) await ann.say(`unseen ${i}`);
  await bob.page.waitForFunction(() => document.title.startsWith("(15) "));
  await look("visible");
  await bob.page.click("#to-new >> text=↑ 15 new messages");
  const { text, isSeen } = await bob.page.$eval("#list .fresh:not([hidden])", (line) => {
    const list = document.getElementById("list").getBoundingClientRect();
    const { top, bottom } = line.getBoundingClientRect();
    return {
      text: line.parentElement.querySelector(".body").textContent,
      isSeen: top >= list.top && bottom <= list.bottom,
    };
  });
  assert.deepEqual([text, isSeen], ["unseen 1", true]);
  assert.equal(await bob.page.isVisible("#to-new"), false);
  await Promise.all([ann.close(), bob.close()]);
});
