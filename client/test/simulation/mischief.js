/** What can go wrong, and how likely it is each time that it could. */
export const FAULTS = {
  "push-dropped": 0.02,
  "push-repeated": 0.03,
  "push-late": 0.03,
  malformed: 0.005,
  "frame-lost": 0.003,
  "done-late": 0.003,
  "answer-lost": 0.003,
  "answer-late": 0.005,
  "function-failed": 0.005,
  "failed-after-done": 0.005,
  unavailable: 0.01,
  "rate-limited": 0.02,
  cut: 0.0007,
  vanished: 0.0003,
  redeploy: 0.0002,
  "membership-lost": 0.001,
  "handshake-refused": 0.1,
  "handshake-hangs": 0.03,
  "token-failed": 0.1,
  "token-short": 0.2,
  "entries-expired": 0.0005,
  "slow-consumer": 0.01,
  "unknown-type": 0.01,
  hole: 0.01,
  refused: 0.01,
};

const GARBAGE = [
  "",
  "{",
  "null",
  "[]",
  "42",
  '"messages"',
  '{"type":"messages"}',
  '{"type":"messages","room":"lobby"}',
  '{"type":"messages","room":"lobby","messages":{}}',
  '{"type":"messages","room":"lobby","messages":[null,7,{}]}',
  '{"type":"messages","room":"lobby","messages":[{"position":-1},{"position":"1"},{"position":1.5}]}',
  '{"type":"messages","room":"__proto__","messages":[{"position":1}]}',
  '{"type":"joined","ref":999999,"room":"lobby","head":-5}',
  '{"type":"ack","ref":-1,"acks":null}',
  '{"type":"heads","rooms":{"lobby":9e99}}',
  '{"type":"error","ref":{},"code":7}',
  '{"type":7}',
  '{"message":7}',
  "\u0000\ud800",
];

/** Makes faults strike, by a seed, and counts them. */
export class Mischief {
  struck = new Map();
  isOver = false;

  /**
   * @param {() => number} random
   * @param {Record<string, number>} chances
   */
  constructor(random, chances) {
    this.random = random;
    this.chances = chances;
  }

  strikes(fault) {
    const chance = this.chances[fault] ?? 0;
    if (this.isOver || !chance || this.random() >= chance) return false;
    this.count(fault);
    return true;
  }

  count(fault) {
    this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
  }

  garbage() {
    return GARBAGE[Math.floor(this.random() * GARBAGE.length)];
  }
}
