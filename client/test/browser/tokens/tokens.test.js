/**
 * The page against a deployment that asks for tokens: ROOMLOG_SERVER is where it is (ws://…/Prod),
 * ROOMLOG_ISSUER an issuer that it trusts (./roomlog issuer), ROOMLOG_PAGE the local run's own page.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LIMIT, PAGE, newRoom, startBrowser } from "../browser.js";
import { serveBuilt } from "./web-server.js";

const SERVER = process.env.ROOMLOG_SERVER;
const ISSUER = process.env.ROOMLOG_ISSUER;

/** A token counts for so long after its end: docs/security.md. */
const GRACE_SECONDS = 60;
const LONG = 3_600;

/** @param {string} who @param {number} left seconds for which it will be taken */
async function tokenFor(who, left = LONG) {
  const name = encodeURIComponent(`${who[0].toUpperCase()}${who.slice(1)} B.`);
  const answer = await fetch(
    `${ISSUER}/token?sub=${who}&name=${name}&seconds=${left - GRACE_SECONDS}`,
  );
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

/** What the page's own host gives to whom: how long the next tokens last, or no token any more. */
const host = { fetched: 0, seconds: LONG, isSignedIn: true };

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
/** @type {Awaited<ReturnType<typeof serveBuilt>>} */
let plain;
/** @type {Awaited<ReturnType<typeof serveBuilt>>} */
let fetching;

before(async () => {
  browser = await startBrowser();
  plain = await serveBuilt(["--server", SERVER]);
  fetching = await serveBuilt(["--server", SERVER, "--token-url", "/token"], async (who) => {
    host.fetched++;
    return who && host.isSignedIn ? tokenFor(who, host.seconds) : undefined;
  });
});
after(() => Promise.all([browser.close(), plain?.close(), fetching?.close()]));

/** Somebody who is signed in at the page's host. */
function signedIn(who, room) {
  return browser.open(who, {
    url: `${fetching.url}#${room}`,
    at: `#${room}`,
    prepare: (page) =>
      page
        .context()
        .addCookies([{ name: "who", value: who, url: new URL("/", fetching.url).href }]),
  });
}

/** Says one thing after the other until something has come about; gives what was said. */
async function saysUntil(person, condition) {
  const said = [];
  for (const end = Date.now() + LIMIT; !(await condition());) {
    assert.ok(Date.now() < end, "it has not come about");
    said.push(`${person.name} ${said.length + 1}`);
    await person.say(said.at(-1));
    await person.page.waitForTimeout(250);
  }
  return said;
}

const isIdle = ({ page }) =>
  page.waitForFunction(() => !document.querySelector("#list .row.sending"));

/** What a refused handshake leaves in the console is the browser's own. */
const ownErrors = ({ errors }) =>
  errors.filter((text) => !/WebSocket connection|status of 401/.test(text));

test("with --token-url the page fetches tokens, and when one ends it moves over with nothing lost", async () => {
  const room = newRoom();
  host.seconds = LONG;
  const bob = await signedIn("bob", room);
  host.seconds = 4;
  const ann = await signedIn("ann", room);
  const before = host.fetched;
  const said = await saysUntil(ann, () => host.fetched >= before + 2);
  await isIdle(ann);
  await bob.sees(said.at(-1));
  assert.deepEqual((await bob.texts()).slice(-10), said.slice(-10));
  const { page } = bob;
  assert.equal(await page.textContent("#list .row .name"), "Ann B.", "the name is the token's");
  await bob.say("heard");
  await ann.sees("heard");
  assert.deepEqual([...ownErrors(ann), ...ownErrors(bob)], []);
  await Promise.all([ann.close(), bob.close()]);
});

test("who is signed out at the page's host is told, and goes on when signed in again", async () => {
  const room = newRoom();
  host.seconds = 4;
  const ann = await signedIn("ann", room);
  await ann.say("before");
  host.isSignedIn = false;
  const said = await saysUntil(ann, () => ann.page.isVisible("#banner.offline"));
  assert.match(await ann.page.textContent("#banner-text"), /\/token answered 401/);
  assert.equal(
    await ann.page.isVisible("#banner-token"),
    false,
    "nobody can enter what the host gives",
  );
  host.isSignedIn = true;
  host.seconds = LONG;
  await ann.page.click("#banner-try");
  await ann.isLive();
  await isIdle(ann);
  assert.deepEqual((await ann.texts()).slice(-10), ["before", ...said].slice(-10));
  assert.deepEqual(ownErrors(ann), []);
  await ann.close();
});

for (const [what, urlOf] of [
  ["a built page", () => plain.url],
  ["the local run's page", () => PAGE],
]) {
  test(`a link with a token opens ${what}, once for this tab`, async () => {
    const room = newRoom();
    const token = await tokenFor("cem");
    const at = `#${room}&token=${token}`;
    const cem = await browser.open("cem", { url: urlOf() + at, at });
    assert.equal(cem.page.url(), `${urlOf()}#${room}`);
    await cem.say("by link");
    await isIdle(cem);
    await cem.page.reload();
    await cem.isLive();
    await cem.sees("by link");
    assert.equal(await cem.page.textContent("#list .row .name"), "Cem B.");
    assert.equal(
      await cem.page.locator("#list .row.own").count(),
      1,
      "it knows its own messages again",
    );
    const kept = (storage) =>
      cem.page.evaluate(
        ([name, text]) => JSON.stringify({ ...window[name] }).includes(text),
        [storage, token],
      );
    assert.deepEqual([await kept("localStorage"), await kept("sessionStorage")], [false, true]);
    await cem.inspect();
    assert.equal((await cem.page.textContent("#frames")).includes(token), false);
    assert.deepEqual(ownErrors(cem), []);
    await cem.close();
  });
}

test("a token is entered where one is missing, and again when it has ended; what was written waits", async () => {
  const room = newRoom();
  const dot = await browser.open("dot", {
    url: `${plain.url}?name=dot#${room}`,
    isReady: false,
  });
  const enter = async (text) => {
    await dot.page.click("#banner-token");
    await dot.page.fill("#token", text);
    await dot.page.click("#settings-ok");
  };
  await dot.is("offline");
  assert.match(await dot.page.textContent("#banner-text"), /may ask for a token/);
  await dot.say("waits");
  await enter("no token");
  assert.match(await dot.page.textContent("#token-problem"), /three parts/);
  await dot.page.click("#settings-cancel");
  await enter(await tokenFor("dot", 4));
  await dot.isLive();
  await isIdle(dot);
  const said = await saysUntil(dot, () => dot.page.isVisible("#banner.offline"));
  await dot.page.waitForSelector("#banner-text >> text=Your token has expired");
  await enter(await tokenFor("dot"));
  await dot.isLive();
  await isIdle(dot);
  assert.deepEqual((await dot.texts()).slice(-10), ["waits", ...said].slice(-10));
  assert.deepEqual(ownErrors(dot), []);
  await dot.close();
});
