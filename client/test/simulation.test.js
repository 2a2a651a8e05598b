import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../lib/index.js";
import { BUGS, HARDER, withBug } from "./simulation/bugs.js";
import { FAULTS } from "./simulation/mischief.js";
import { simulate } from "./simulation/simulation.js";

/** The days that are played: ROOMLOG_SEED=7 plays one of them again, ROOMLOG_SEEDS=1000 many. */
const SEED = Number(process.env.ROOMLOG_SEED ?? 1);
const SEEDS = Number(process.env.ROOMLOG_SEEDS ?? (process.env.ROOMLOG_SEED ? 1 : 8));
const TRIES = 5;

/** What strikes by itself, beside the faults with a chance. */
const CONSEQUENCES = ["two-hours", "token-expired", "moved", "lost", "left"];

test("20,000 messages in a day: none lost, none twice, none out of order", async (t) => {
  const { violations, struck, stored, received } = await simulate({
    seed: SEED,
    messages: 20_000,
    hours: 24,
    library,
  });
  t.diagnostic(`seed ${SEED}: ${stored} stored, ${received} received, ${JSON.stringify(struck)}`);
  assert.deepEqual(violations, []);
  assert.ok(stored >= 19_500, `${stored} stored`);
  for (const fault of [...Object.keys(FAULTS), ...CONSEQUENCES]) {
    assert.ok(struck[fault] > 0, `${fault} did not strike`);
  }
});

test("every gap that is told of is told to be healed", async () => {
  const chances = { ...FAULTS, "entries-expired": 0 };
  const { struck } = await simulate({ seed: SEED, messages: 1_000, hours: 4, chances, library });
  assert.ok(struck.gap > 0);
  assert.equal(struck.healed, struck.gap);
});

test("one seed plays one day", async () => {
  const one = await simulate({ seed: SEED, messages: 500, hours: 4, library });
  const other = await simulate({ seed: SEED, messages: 500, hours: 4, library });
  assert.deepEqual(other, one);
});

for (let seed = SEED; seed < SEED + SEEDS; seed++) {
  test(`a day of seed ${seed}`, async () => {
    const { violations } = await simulate({ seed, messages: 800, hours: 12, library });
    assert.deepEqual(violations, [], `again: ROOMLOG_SEED=${seed} npm test`);
  });
}

test("with no fault at all nothing is lost, and no connection but the one that is replaced", async () => {
  const { violations, struck } = await simulate({
    seed: SEED,
    messages: 300,
    hours: 1,
    chances: {},
    library,
  });
  assert.deepEqual(violations, []);
  for (const event of ["lost", "trouble", "offline"]) assert.equal(struck[event], undefined);
});

for (const bug of Object.keys(BUGS)) {
  test(`the simulation finds one that ${bug}`, async (t) => {
    const buggy = await withBug(bug);
    const chances = { ...FAULTS, ...HARDER[bug] };
    for (let seed = 1; seed <= TRIES; seed++) {
      const { violations } = await simulate({
        seed,
        messages: 400,
        hours: 4,
        chances,
        library: buggy,
      });
      const found = new Set(violations.map(({ what }) => what));
      if (found.size) return t.diagnostic(`seed ${seed}: ${[...found].join(", ")}`);
    }
    assert.fail(`not found in ${TRIES} days`);
  });
}
