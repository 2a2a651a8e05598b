import { VirtualClock } from "./clock.js";
import { Gateway, tokenUntil } from "./gateway.js";
import { FAULTS, Mischief } from "./mischief.js";
import { seeded } from "./random.js";
import { Witness } from "./witness.js";

const ROOMS = ["lobby", "kitchen", "attic"];
const HOUR = 3_600_000;
const TOKEN_LIFE = HOUR / 2;
/** Within this the last of it is healed, without waiting for a planned move or for idleness to cut. */
const QUIET_MAX = HOUR / 10;
const NAP = 60_000;

/**
 * A day of some devices in some rooms, in virtual time, with everything that can go wrong.
 *
 * @param {{seed: number, messages?: number, hours?: number, chances?: Record<string, number>,
 *   library: {connect: Function}}} settings
 */
export async function simulate({ seed, messages = 1_000, hours = 6, chances = FAULTS, library }) {
  const clock = new VirtualClock();
  const random = seeded(seed);
  const mischief = new Mischief(random, chances);
  const gateway = new Gateway(clock, mischief);
  const witness = new Witness();
  const world = { clock, random, mischief, gateway, witness, library, seen: new Map() };
  const devices = ["ann", "bob", "cid", "dot", "eve"].map((name, i) => deviceOf(world, name, i));
  schedule(world, devices, messages, hours * HOUR);
  await clock.run(hours * HOUR);
  mischief.isOver = true;
  await clock.runUntil(() => witness.isQuiet(gateway.rooms), QUIET_MAX);
  const violations = witness.judge(gateway.rooms);
  for (const { chat } of devices) chat.close();
  return {
    violations,
    struck: Object.fromEntries([...mischief.struck, ...world.seen]),
    received: witness.received,
    stored: [...gateway.rooms.values()].reduce((sum, log) => sum + log.stored.size, 0),
  };
}

function deviceOf(world, name, i) {
  const { clock, random, gateway, mischief } = world;
  const seen = (what) => world.seen.set(what, (world.seen.get(what) ?? 0) + 1);
  const token = async () => {
    await clock.sleep(50);
    if (mischief.strikes("token-failed")) throw new Error("the issuer does not answer");
    seen("token-fetched");
    // The issuer's clock is not the server's: some tokens say more than is granted.
    const granted = mischief.strikes("token-short") ? TOKEN_LIFE / 20 : TOKEN_LIFE;
    return tokenUntil(clock.now() + TOKEN_LIFE, clock.now() + granted);
  };
  const chat = world.library.connect("ws://test/Prod", {
    name,
    client: name,
    clock,
    random,
    WebSocket: gateway.WebSocket,
    buffer: 50,
    ...[{}, { token }, { token }, {}, { lifetime: 3 * HOUR }][i],
  });
  chat.on("lost", ({ room, from, to }) => world.witness.lost(name, room, from, to));
  for (const event of ["gap", "healed", "lost", "trouble"]) chat.on(event, () => seen(event));
  chat.on("state", ({ state }) => seen(state));
  const behaviours = [steadily, steadily, napping, leaving, steadily];
  for (const room of ROOMS) behaviours[i](world, chat, room, { name, all: i !== 4 });
  return { name, chat };
}

/** Reads from the beginning, as fast as it comes. */
async function steadily({ witness }, chat, room, { name, all }) {
  const reader = witness.reader(name, room, 0, all);
  for await (const entry of chat.room(room).messages({ after: 0, all }))
    witness.took(reader, entry);
}

/** Sometimes does not look for a while. */
async function napping({ witness, clock, random, mischief }, chat, room, { name }) {
  const reader = witness.reader(name, room, 0, true);
  for await (const entry of chat.room(room).messages({ after: 0, all: true })) {
    witness.took(reader, entry);
    if (!mischief.strikes("slow-consumer")) continue;
    for (let naps = 120 * random(); naps > 0 && !mischief.isOver; naps--) await clock.sleep(NAP);
  }
}

/** Leaves the room, and comes back to where it was. */
async function leaving({ witness, clock, random, mischief }, chat, room, { name }) {
  for (let after = 0; chat.state.state !== "closed";) {
    const reader = witness.reader(name, room, after, true);
    const until = after + 20 + 200 * random();
    for await (const entry of chat.room(room).messages({ after, all: true })) {
      witness.took(reader, entry);
      after = entry.position;
      if (!mischief.isOver && after >= until) break;
    }
    reader.isOver = chat.state.state !== "closed";
    if (reader.isOver) mischief.count("left");
    if (random() < 0.5) await clock.sleep(60_000 * random());
  }
}

/** Messages at any time, some of them many at once, some that are refused. */
function schedule({ clock, random, witness, mischief }, devices, messages, span) {
  let n = 0;
  while (n < messages) {
    const burst = random() < 0.05 ? 5 + Math.floor(40 * random()) : 1;
    const { chat, name } = devices[Math.floor(devices.length * random())];
    const room = ROOMS[Math.floor(ROOMS.length * random())];
    const count = Math.min(burst, messages - n);
    const isLong = random() < 0.05;
    const batch = Array.from({ length: count }, () => dataOf(random, mischief, n++, isLong));
    clock.setTimeout(() => {
      for (const data of batch) witness.sent(name, room, data, chat.room(room).send(data));
    }, span * random());
  }
}

function dataOf(random, mischief, n, isLong) {
  if (mischief.strikes("refused")) return { n, poison: true };
  return isLong ? { n, long: "x".repeat(12_000 * random()) } : { n };
}
