import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** Where the page is, e.g. of ./roomlog: http://localhost:3001/ */
export const PAGE = process.env.ROOMLOG_PAGE ?? "http://localhost:3001/";

const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** How long anything may take before it counts as not happening. The machine may be busy. */
export const LIMIT = 20_000;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a Chromium of nobody's: it knows nothing, and what it learns goes with it. */
export async function startBrowser() {
  const folder = await mkdtemp(join(tmpdir(), "roomlog-chromium-"));
  const browser = await chromium.launch({
    executablePath: PATH,
    headless: true,
    args: FLAGS,
    env: { ...process.env, HOME: folder },
  });
  return {
    /**
     * Opens the page as somebody with a browser of their own.
     *
     * @param {string} name
     * @param {{url?: string, at?: string, options?: object, isReady?: boolean, prepare?: (page: any) => Promise<void>}} [with_]
     */
    async open(name, { url, at = "", options = {}, isReady = true, prepare } = {}) {
      const context = await browser.newContext({
        viewport: { width: 1180, height: 760 },
        ...options,
      });
      context.setDefaultTimeout(LIMIT);
      const page = await context.newPage();
      const person = new Person(page, name);
      await prepare?.(page);
      await page.goto(url ?? `${PAGE}?name=${encodeURIComponent(name)}${at}`);
      if (isReady) {
        await person.isLive();
        // Live is told of rooms that have been joined; the one of the address may come behind.
        await person.hasJoined(/#([^/&]+)/.exec(at)?.[1] ?? "lobby");
      }
      return person;
    },
    newContext: (/** @type {any} */ options) => browser.newContext(options),
    /** @param {any} page @param {string[]} categories */
    startTracing: (page, categories) => browser.startTracing(page, { categories }),
    stopTracing: () => browser.stopTracing(),
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody at the page. */
export class Person {
  /** What the page complained of. */
  errors = /** @type {string[]} */ ([]);

  /** @param {any} page @param {string} name */
  constructor(page, name) {
    this.page = page;
    this.name = name;
    /** Rooms in the order in which they were joined. @type {string[]} */
    this.joined = [];
    page.on("websocket", (/** @type {any} */ socket) =>
      socket.on("framereceived", (/** @type {any} */ { payload }) => {
        const { type, room } = JSON.parse(payload);
        if (type === "joined") this.joined.push(room);
      }),
    );
    page.on("pageerror", (/** @type {Error} */ error) => this.errors.push(String(error.stack)));
    page.on("console", (/** @type {any} */ message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  /** @param {string} state */
  is(state) {
    return this.page.waitForFunction(
      (/** @type {string} */ wanted) =>
        document.getElementById("status-text")?.textContent === wanted,
      state,
    );
  }

  /** @param {string} room */
  async hasJoined(room) {
    const end = Date.now() + LIMIT;
    while (!this.joined.includes(room)) {
      if (Date.now() > end) throw new Error(`${this.name} has not joined ${room}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  isLive() {
    return this.is("live");
  }

  /** @param {string} text */
  async say(text) {
    await this.page.fill("#words", text);
    await this.page.press("#words", "Enter");
  }

  /** The texts that are in the document, in their order. @returns {Promise<string[]>} */
  texts() {
    return this.page.$$eval("#list .row .body", (/** @type {any[]} */ bodies) =>
      bodies.map((body) => body.textContent),
    );
  }

  /** Waits until a message is to be seen. @param {string} text */
  sees(text) {
    return this.page.waitForFunction(
      (/** @type {string} */ wanted) =>
        [...document.querySelectorAll("#list .row .body")].some(
          (body) => body.textContent === wanted,
        ),
      text,
    );
  }

  /** @param {string} hash */
  async goTo(hash) {
    await this.page.evaluate((/** @type {string} */ to) => {
      location.hash = to;
    }, hash);
  }

  inspect() {
    return this.page.click("#tab-inspect");
  }

  chat() {
    return this.page.click("#tab-chat");
  }

  /** What the inspector says has happened, the latest first. @returns {Promise<string[]>} */
  happenings() {
    return this.page.$$eval("#happenings li span", (/** @type {any[]} */ spans) =>
      spans.map((span) => span.textContent),
    );
  }

  /** @param {RegExp} pattern */
  async happened(pattern) {
    await this.page.waitForFunction(
      (/** @type {string} */ source) =>
        [...document.querySelectorAll("#happenings li span")].some((span) =>
          new RegExp(source).test(span.textContent ?? ""),
        ),
      pattern.source,
    );
  }

  close() {
    return this.page.context().close();
  }
}

let rooms = 0;

/** A room that nobody else is in. */
export function newRoom() {
  return `r${Date.now().toString(36)}-${process.pid}-${rooms++}`;
}
