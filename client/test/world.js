import { connect } from "../lib/index.js";
import { VirtualClock } from "./simulation/clock.js";
import { Gateway } from "./simulation/gateway.js";
import { Mischief } from "./simulation/mischief.js";
import { seeded } from "./simulation/random.js";

export const HOUR = 3_600_000;

/** A gateway in virtual time, and chats on it. */
export function world(chances = {}) {
  const clock = new VirtualClock();
  const random = seeded(7);
  const mischief = new Mischief(random, chances);
  const gateway = new Gateway(clock, mischief);
  const idle = clock.pending;
  const chatOf = (client, options = {}) =>
    connect("ws://test/Prod", {
      name: client,
      client,
      clock,
      random,
      WebSocket: gateway.WebSocket,
      ...options,
    });
  const say = (room, ...all) => {
    for (const data of all) {
      const { position } = gateway
        .log(room)
        .append("x", undefined, { sender: "x", name: "x", at: clock.now(), data });
      gateway.push(room, [position]);
    }
  };
  return { clock, gateway, mischief, chatOf, say, idle };
}

/** What an iteration gives, in time. */
export function collect(iterator) {
  const got = [];
  (async () => {
    for await (const each of iterator) got.push(each);
    got.hasEnded = true;
  })().catch((error) => (got.error = error));
  return got;
}

export const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
export const dataOf = (entries) => entries.map(({ data }) => data);
export const outcome = (promise) => promise.catch((error) => error);
