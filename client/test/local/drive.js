/**
 * Drives the library against a deployment that runs, over connections that are anything but reliable:
 *
 *     node client/test/local/drive.js ws://localhost:3001/Prod [messages] [seed] [lifetime in ms] [issuer]
 *
 * With an issuer, such as http://localhost:3002 of ./roomlog issuer, all come with tokens. Some last for
 * seconds, so that connections end by them.
 *
 * Sends on until each fault that heals quickly has struck. Prints what struck and what was found, and ends
 * with 1 if anything was lost, doubled or out of order.
 */
import { setTimeout as pause } from "node:timers/promises";
import WebSocket from "ws";
import { connect } from "../../lib/index.js";
import { Log } from "../simulation/log.js";
import { Mischief } from "../simulation/mischief.js";
import { seeded } from "../simulation/random.js";
import { Witness } from "../simulation/witness.js";
import { mischievous } from "./mischievous.js";

const CHANCES = {
  "push-dropped": 0.03,
  "push-repeated": 0.05,
  "push-late": 0.05,
  malformed: 0.01,
  "frame-lost": 0.001,
  "answer-lost": 0.001,
  cut: 0.05,
  vanished: 0.005,
};
/** These take half a minute to be noticed, so they strike in long drives only. */
const SLOW = ["frame-lost", "answer-lost", "vanished"];
const LONG = 5_000;
const TWO_HOURS = 7_200_000;
const QUIET_MAX = 240_000;
const LONGER_MAX = 60_000;
const UNDER_WAY = 40;

/** A token counts for so long after its end: docs/security.md. */
const GRACE_SECONDS = 60;
/** What is left of a token when it is issued: for seconds only, or for as long as to be replaced in time. */
const TOKEN_SECONDS = [3, 6, 12, 90];

const [url, messages = "1000", seed = String(Date.now() % 100_000), lifetime = "7200000", issuer] =
  process.argv.slice(2);
console.log(`seed ${seed}: ${messages} messages to ${url}, connections of ${lifetime} ms`);

const random = seeded(Number(seed));
const isLong = Number(messages) >= LONG;
const chances = Object.entries(CHANCES).filter(([fault]) => isLong || !SLOW.includes(fault));
const mischief = new Mischief(random, Object.fromEntries(chances));
const witness = new Witness();
const room = `drive-${Date.now().toString(36)}`;
const names = ["ann", "bob", "cid", "dot"];
const shared = { random, reconnectFirst: 400, lifetime: Number(lifetime) };
const mustStrike = Object.keys(mischief.chances);
if (shared.lifetime < TWO_HOURS) mustStrike.push("two-hours");
if (issuer) mustStrike.push("token-fetched", "token-expired");

/** @param {string} name */
function tokensFor(name, left = () => TOKEN_SECONDS[Math.floor(TOKEN_SECONDS.length * random())]) {
  if (!issuer) return undefined;
  return async () => {
    mischief.count("token-fetched");
    const answer = await fetch(`${issuer}/token?sub=${name}&seconds=${left() - GRACE_SECONDS}`);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.text();
  };
}

const chats = names.map((name, i) =>
  connect(url, {
    ...shared,
    // One of them does not know how soon its connections end.
    lifetime: i ? shared.lifetime : 3 * TWO_HOURS,
    name,
    client: `${name}-${room}`,
    token: tokensFor(name),
    WebSocket: mischievous(WebSocket, mischief),
  }),
);
chats.forEach((chat, i) => void read(chat, names[i]));

async function read(chat, name) {
  const reader = witness.reader(name, room, 0, true);
  for await (const entry of chat.room(room).messages({ after: 0, all: true })) {
    witness.took(reader, entry);
  }
}

async function write(chat, name, i) {
  let underWay = 0;
  const longest = Date.now() + LONGER_MAX;
  const isMore = () =>
    Date.now() < longest && !mustStrike.every((fault) => mischief.struck.has(fault));
  for (let n = i; n < Number(messages) || isMore(); n += names.length) {
    const data = { n };
    const stored = chat.room(room).send(data);
    underWay++;
    const done = () => underWay--;
    stored.then(done, done);
    witness.sent(name, room, data, stored);
    while (underWay >= UNDER_WAY) await pause(20);
    if (random() < 0.5) await pause(40 * random());
  }
}

const began = Date.now();
await Promise.all(chats.map((chat, i) => write(chat, names[i], i)));
await until(() => witness.allAnswered(), QUIET_MAX);
mischief.isOver = true;

// What is stored, as a reader finds it who has nothing to do with all this.
const judge = connect(url, {
  name: "judge",
  token: tokensFor("judge", () => 3_600),
  WebSocket,
});
const { head } = await judge.room(room).history({ limit: 1 });
const log = new Log();
for await (const { position, ...entry } of judge.room(room).messages({ after: 0, all: true })) {
  log.head = position;
  log.fill(position, entry);
  if (position >= head) break;
}
const rooms = new Map([[room, log]]);
await until(() => witness.isQuiet(rooms), QUIET_MAX);
const violations = witness.judge(rooms);
for (const chat of [...chats, judge]) chat.close();
console.log(
  JSON.stringify({
    seconds: (Date.now() - began) / 1000,
    stored: [...log.stored.values()].filter((entry) => entry.type === undefined).length,
    received: witness.received,
    struck: Object.fromEntries(mischief.struck),
    violations: violations.slice(0, 20),
  }),
);
const missing = mustStrike.filter((fault) => !mischief.struck.has(fault));
if (missing.length) console.log(`never struck: ${missing}`);
process.exit(violations.length || missing.length ? 1 : 0);

async function until(condition, ms) {
  for (const end = Date.now() + ms; !condition() && Date.now() < end;) await pause(50);
}
