import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newRoom, startBrowser } from "./browser.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const numbered = (count, what) => Array.from({ length: count }, (_, i) => `${what} ${i + 1}`);

async function two(room) {
  const ann = await browser.open("ann", { at: `#${room}` });
  const bob = await browser.open("bob", { at: `#${room}` });
  return { ann, bob };
}

test("two browsers chat", async () => {
  const { ann, bob } = await two(newRoom());
  await ann.say("hello bob");
  await bob.sees("hello bob");
  await bob.say("hello ann");
  await ann.sees("hello ann");
  assert.deepEqual(await ann.texts(), ["hello bob", "hello ann"]);
  assert.deepEqual(await bob.texts(), ["hello bob", "hello ann"]);
  const names = await bob.page.$$eval("#list .row .name", (all) =>
    all.map((name) => name.textContent),
  );
  assert.deepEqual(names, ["ann", "bob"]);
  await ann.page.waitForSelector("#list .row.own .state.stored >> text=Stored", {
    state: "attached",
  });
  assert.equal(await bob.page.locator("#list .row.own").count(), 1);
  assert.deepEqual([...ann.errors, ...bob.errors], []);
  await Promise.all([ann.close(), bob.close()]);
});

test("who is cut off is told, keeps writing, and catches up", async () => {
  const { ann, bob } = await two(newRoom());
  await ann.say("before");
  await bob.sees("before");
  await bob.inspect();
  await bob.page.click("#offline");
  await bob.is("offline");
  await bob.chat();
  assert.match(await bob.page.textContent("#banner"), /No connection .* comes when it is back/);
  await bob.say("written while away");
  await bob.page.waitForSelector("#list .row.sending >> text=Waits for the connection");
  for (const text of numbered(30, "missed")) await ann.say(text);
  await ann.page.waitForFunction(
    () => document.querySelectorAll("#list .row.sending").length === 0,
  );
  assert.equal((await ann.texts()).includes("written while away"), false);
  await bob.inspect();
  await bob.page.click("#offline");
  await bob.isLive();
  await bob.chat();
  await ann.sees("written while away");
  await bob.page.waitForFunction(
    () => document.querySelectorAll("#list .row.sending").length === 0,
  );
  await bob.page.waitForFunction(() =>
    /30 messages caught up/.test(document.getElementById("banner").textContent),
  );
  const got = await bob.page.evaluate(async () => {
    const seen = new Map();
    const list = document.getElementById("list");
    for (list.scrollTop = 0; ; list.scrollTop += 200) {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const row of list.querySelectorAll(".row")) {
        seen.set(Number(row.getAttribute("aria-posinset")), row.querySelector(".body").textContent);
      }
      if (list.scrollHeight - list.scrollTop - list.clientHeight < 1) break;
    }
    return [...seen].sort(([a], [b]) => a - b).map(([, text]) => text);
  });
  assert.deepEqual(got, ["before", ...numbered(30, "missed"), "written while away"]);
  assert.deepEqual(ann.errors, []);
  await Promise.all([ann.close(), bob.close()]);
});

test("pushes that are dropped, repeated and swapped are seen to heal", async () => {
  const { ann, bob } = await two(newRoom());
  await bob.inspect();
  await bob.page.click("#drop");
  let pushes = 0;
  for (const text of numbered(3, "dropped")) {
    await ann.say(text);
    // One at a time: two in one push would leave one of the drops for what comes behind.
    await bob.page.waitForFunction(
      (count) => document.querySelectorAll("#entries tr").length === count,
      ++pushes,
    );
  }
  await bob.happened(/dropped by you/);
  await ann.say("after");
  await bob.happened(/healed by history/);
  await bob.page.click("#repeat");
  await ann.say("twice");
  await bob.happened(/came again by push/);
  await bob.page.click("#swap");
  await ann.say("held");
  await bob.page.waitForSelector("#frames li.held");
  await ann.say("overtakes");
  await bob.happened(/healed by a late push/);
  await bob.page.waitForFunction(
    () => document.getElementById("figure-missing").textContent === "0",
  );
  await bob.chat();
  await bob.sees("overtakes");
  assert.deepEqual(await bob.texts(), [
    "dropped 1",
    "dropped 2",
    "dropped 3",
    "after",
    "twice",
    "held",
    "overtakes",
  ]);
  assert.deepEqual(bob.errors, []);
  await Promise.all([ann.close(), bob.close()]);
});

test("a cut that nobody asked for heals by itself", async () => {
  const { ann, bob } = await two(newRoom());
  await bob.inspect();
  await bob.page.click("#cut");
  await ann.say("meanwhile");
  await bob.isLive();
  await bob.chat();
  await bob.sees("meanwhile");
  await Promise.all([ann.close(), bob.close()]);
});

test("what was written and not stored survives a reload, and is stored once", async () => {
  const { ann, bob } = await two(newRoom());
  await bob.inspect();
  await bob.page.click("#offline");
  await bob.is("offline");
  await bob.chat();
  await bob.say("do not lose me");
  await bob.page.reload();
  await bob.isLive();
  await ann.sees("do not lose me");
  await bob.sees("do not lose me");
  await bob.say("and this");
  await ann.sees("and this");
  assert.deepEqual(await ann.texts(), ["do not lose me", "and this"]);
  await Promise.all([ann.close(), bob.close()]);
});

test("a refused message says why and is tried again", async () => {
  let refusals = 1;
  const ann = await browser.open("ann", {
    at: `#${newRoom()}`,
    prepare: (page) =>
      page.routeWebSocket(/./, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((text) => {
          const { action, ref } = JSON.parse(text);
          if (action !== "send" || refusals-- <= 0) return server.send(text);
          socket.send(
            JSON.stringify({
              type: "error",
              ref,
              code: "forbidden",
              message: "room is closed for now",
              temporary: false,
            }),
          );
        });
      }),
  });
  await ann.say("try me");
  await ann.page.waitForSelector("#list .row.failed >> text=Not sent: room is closed for now");
  await ann.page.click("#list .row.failed [data-act=retry]");
  await ann.page.waitForSelector("#list .row .state.stored >> text=Stored", { state: "attached" });
  assert.deepEqual(await ann.texts(), ["try me"]);
  await ann.close();
});

test("a room that one is not looking at counts what is new, and shows where it begins", async () => {
  const room = newRoom();
  const other = newRoom();
  const { ann, bob } = await two(room);
  await ann.say("seen");
  await bob.sees("seen");
  await bob.goTo(`#${other}`);
  await bob.page.waitForFunction((name) => document.title.includes(name), other);
  for (const text of numbered(3, "unseen")) await ann.say(text);
  await bob.page.waitForSelector(`#rooms a[aria-label="${room}, 3 unread messages"]`);
  assert.match(await bob.page.title(), /^\(3\) /);
  await bob.page.click(`#rooms a[href="#${room}"]`);
  await bob.sees("unseen 3");
  const below = await bob.page.$eval(
    "#list .fresh:not([hidden])",
    (line) => line.parentElement.querySelector(".body").textContent,
  );
  assert.equal(below, "unseen 1");
  await bob.page.waitForFunction(() => !document.title.startsWith("("));
  await Promise.all([ann.close(), bob.close()]);
});

test("everything can be done with the keyboard", async () => {
  const room = newRoom();
  const { ann, bob } = await two(room);
  await bob.say("one");
  await bob.say("two");
  await ann.sees("two");
  const focus = () =>
    ann.page.evaluate(() => {
      const { activeElement: element } = document;
      return element.id || element.querySelector?.(".body")?.textContent || element.className;
    });
  await ann.page.keyboard.press("Escape");
  assert.equal(await focus(), "words");
  await ann.page.keyboard.press("ArrowUp");
  assert.equal(await focus(), "two");
  await ann.page.keyboard.press("ArrowUp");
  assert.equal(await focus(), "one");
  await ann.page.keyboard.press("ArrowDown");
  await ann.page.keyboard.press("ArrowDown");
  assert.equal(await focus(), "words");
  await ann.page.keyboard.type("by key");
  await ann.page.keyboard.press("Enter");
  await bob.sees("by key");
  await ann.page.keyboard.press("Control+KeyK");
  assert.equal(await focus(), "join-room");
  const other = newRoom();
  await ann.page.keyboard.type(other);
  await ann.page.keyboard.press("Enter");
  await ann.page.waitForFunction(
    (name) => document.getElementById("title").textContent === name,
    other,
  );
  await ann.page.keyboard.press("Alt+ArrowUp");
  await ann.page.waitForFunction(
    (name) => document.getElementById("title").textContent === name,
    room,
  );
  await ann.page.keyboard.press("Alt+KeyI");
  assert.equal(await ann.page.isVisible("#inspect"), true);
  await ann.page.keyboard.press("Alt+KeyI");
  await ann.page.keyboard.press("Control+Slash");
  assert.equal(await ann.page.isVisible("#help"), true);
  await ann.page.keyboard.press("Escape");
  assert.equal(await ann.page.isVisible("#help"), false);
  assert.deepEqual(ann.errors, []);
  await Promise.all([ann.close(), bob.close()]);
});

test("a screen reader hears what arrives, and no history", async () => {
  const { ann, bob } = await two(newRoom());
  await ann.say("long ago");
  await bob.sees("long ago");
  await bob.page.reload();
  await bob.isLive();
  await bob.sees("long ago");
  await ann.say("just now");
  await bob.page.waitForFunction(() => document.getElementById("said").textContent !== "");
  assert.equal(await bob.page.textContent("#said"), "ann: just now");
  await Promise.all([ann.close(), bob.close()]);
});

test("a token does not stay in the page's address", async () => {
  const ann = await browser.open("ann", { at: `&token=a.b.c#${newRoom()}`, isReady: false });
  await ann.page.waitForFunction(() => document.getElementById("status-text").textContent !== "");
  assert.equal(ann.page.url().includes("token"), false);
  assert.equal(
    await ann.page.evaluate(() => JSON.stringify({ ...localStorage }).includes("a.b.c")),
    false,
  );
  await ann.close();
});

test("a link to another server is not followed unasked", async () => {
  const ann = await browser.open("ann", {
    at: "&server=wss://elsewhere.example/Prod",
    isReady: false,
  });
  await ann.page.waitForSelector("#trust[open]");
  assert.equal(await ann.page.textContent("#trust-server"), "wss://elsewhere.example/Prod");
  await ann.page.click("#trust-no");
  await ann.isLive();
  assert.equal(ann.page.url().includes("server"), false);
  await ann.close();
});
