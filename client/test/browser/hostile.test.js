import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newRoom, startBrowser } from "./browser.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const OVERRIDE = "\u202e";

const HOSTILE = [
  "<script>window.hacked = 1</script>",
  "<img src=x onerror='window.hacked = 1'>",
  "<svg onload=window.hacked=1>",
  "\"><iframe srcdoc='<script>parent.hacked=1</script>'>",
  "javascript:window.hacked=1",
  "[click](javascript:window.hacked=1)",
  'https://example.com/"onmouseover="window.hacked=1',
  "{{constructor.constructor('window.hacked=1')()}}",
  "${window.hacked=1}",
  "&lt;b&gt;not bold&lt;/b&gt;",
  "<style>*{display:none}</style>",
  "</textarea></article></main>",
  `abc${OVERRIDE}def`,
  `${OVERRIDE}${"\u2067".repeat(100)}never closed`,
  "e" + "\u0301".repeat(400),
  "\u0000\u0007\u200b\ufeff",
];

test("hostile messages and names stay text", async () => {
  const room = newRoom();
  const eve = await browser.open(`<img src=x onerror=window.hacked=1>${OVERRIDE}`, {
    at: `#${room}`,
  });
  const bob = await browser.open("bob", { at: `#${room}` });
  for (const text of HOSTILE) {
    await eve.say(text);
    await bob.sees(text);
  }
  const found = await bob.page.evaluate(() => ({
    hacked: window.hacked,
    foreign: document.querySelectorAll(
      "#list :is(script, img, svg, iframe, style, b, textarea), #said :is(script, img, svg)",
    ).length,
    links: [...document.querySelectorAll("#list .body a")].map((link) => link.protocol),
    isStyled: getComputedStyle(document.getElementById("list")).display,
  }));
  assert.equal(found.hacked, undefined);
  assert.equal(found.foreign, 0);
  assert.ok(
    found.links.every((protocol) => protocol === "https:"),
    String(found.links),
  );
  assert.notEqual(found.isStyled, "none");
  await bob.inspect();
  assert.equal(await bob.page.evaluate(() => window.hacked), undefined);
  assert.deepEqual([...eve.errors, ...bob.errors], []);
  await Promise.all([eve.close(), bob.close()]);
});

test("an override turns nothing around but its own text", async () => {
  const room = newRoom();
  const eve = await browser.open(`eve${OVERRIDE}`, { at: `#${room}` });
  const bob = await browser.open("bob", { at: `#${room}` });
  await eve.say(`${OVERRIDE}gnitirw`);
  await bob.sees(`${OVERRIDE}gnitirw`);
  const places = await bob.page.$eval("#list .row", (row) => {
    const left = (selector) => row.querySelector(selector).getBoundingClientRect().left;
    return {
      avatar: left(".avatar"),
      name: left(".name"),
      time: left(".time"),
      position: left(".position"),
    };
  });
  assert.ok(
    places.avatar < places.name && places.name < places.time && places.time < places.position,
  );
  const time = await bob.page.$eval("#list .row .time", (link) => {
    const range = document.createRange();
    range.setStart(link.firstChild, 0);
    range.setEnd(link.firstChild, 1);
    const first = range.getBoundingClientRect().left;
    range.setStart(link.firstChild, 1);
    range.setEnd(link.firstChild, 2);
    return { first, second: range.getBoundingClientRect().left };
  });
  assert.ok(time.first < time.second, "the time still reads from left to right");
  await Promise.all([eve.close(), bob.close()]);
});

test("20,000 emoji are cut until somebody wants all of them", async () => {
  const room = newRoom();
  const eve = await browser.open("eve", { at: `#${room}` });
  const bob = await browser.open("bob", { at: `#${room}` });
  // Four messages: one takes 24,576 bytes.
  for (let i = 0; i < 4; i++) await eve.say("😀".repeat(5_000));
  await bob.page.waitForFunction(
    () => document.querySelectorAll("#list .row .all:not([hidden])").length === 4,
  );
  const heights = await bob.page.$$eval("#list .row", (rows) =>
    rows.map((row) => row.clientHeight),
  );
  assert.ok(Math.max(...heights) < 760, `rows of ${heights} px`);
  await bob.page.locator("#list .row .all").last().click();
  const whole = await bob.page.locator("#list .row .body").last().textContent();
  assert.equal(whole, "😀".repeat(5_000));
  await Promise.all([eve.close(), bob.close()]);
});

test("too long a message is refused before it is sent, with its size and the limit", async () => {
  const ann = await browser.open("ann", { at: `#${newRoom()}` });
  await ann.say("😀".repeat(20_000));
  assert.equal(
    await ann.page.textContent("#words-problem"),
    "The message is 80,002 bytes; the limit is 24,576.",
  );
  assert.deepEqual(await ann.texts(), []);
  await ann.close();
});

/** Lets the page remember what its policy has stopped. */
const remember = (page) =>
  page.addInitScript(() => {
    window.violated = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      window.violated.push(effectiveDirective),
    );
  });

test("HTML that a script of the page would make of a message is refused", async () => {
  const ann = await browser.open("ann", { at: `#${newRoom()}`, prepare: remember });
  const thrown = await ann.page.evaluate(() => {
    const thrown = [];
    const attempt = (act) => {
      try {
        act();
        thrown.push("");
      } catch (error) {
        thrown.push(error.name);
      }
    };
    attempt(
      () => (document.getElementById("list").innerHTML = "<img src=x onerror='window.hacked=1'>"),
    );
    attempt(() => document.body.insertAdjacentHTML("beforeend", "<b>x</b>"));
    attempt(() => {
      const script = document.createElement("script");
      script.append("window.hacked = 1");
      document.body.append(script);
    });
    return thrown;
  });
  assert.deepEqual(thrown.slice(0, 2), ["TypeError", "TypeError"]);
  await ann.page.waitForFunction(() => window.violated.includes("require-trusted-types-for"));
  assert.equal(await ann.page.evaluate(() => window.hacked), undefined);
  await ann.close();
});

test("a script that got into the page's own HTML does not run", async () => {
  const planted =
    "<script>window.hacked = 1</script><img src=https://elsewhere.example/x onerror=window.hacked=1>";
  const ann = await browser.open("ann", {
    at: `#${newRoom()}`,
    // Chromium lets a page that came from nowhere open no connection on this machine.
    isReady: false,
    prepare: async (page) => {
      await remember(page);
      await page.route(
        (url) => url.pathname === "/",
        async (route) => {
          const response = await route.fetch();
          const body = (await response.text()).replace("<body>", `<body>${planted}`);
          assert.ok(body.includes(planted), "it is planted");
          await route.fulfill({ response, body });
        },
      );
    },
  });
  await ann.page.waitForSelector("#title:not(:empty)");
  const { violated, hacked } = await ann.page.evaluate(() => ({
    violated: window.violated,
    hacked: window.hacked,
  }));
  assert.equal(hacked, undefined);
  for (const directive of ["script-src-elem", "script-src-attr", "img-src"]) {
    assert.ok(violated.includes(directive), `${directive} among ${violated}`);
  }
  await ann.close();
});

test("a page of another origin cannot frame it", async () => {
  const context = await browser.newContext({});
  const page = await context.newPage();
  const response = await page.goto(process.env.ROOMLOG_PAGE ?? "http://localhost:3001/");
  const headers = response.headers();
  assert.match(headers["content-security-policy"], /frame-ancestors 'none'/);
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
  await context.close();
});
