import assert from "node:assert/strict";
import { test } from "node:test";
import { Offsets } from "../../page/offsets.js";

const rows = (...heights) => heights.map((height) => ({ height, isMeasured: true }));

test("a row stands below those before it", () => {
  const offsets = new Offsets();
  offsets.layOut(rows(10, 20, 30));
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => offsets.top(i)),
    [0, 10, 30, 60],
  );
  assert.equal(offsets.total, 60);
});

test("a height is in the row that covers it", () => {
  const offsets = new Offsets();
  offsets.layOut(rows(10, 20, 30));
  assert.deepEqual(
    [-5, 0, 9, 10, 29, 30, 59, 60, 900].map((y) => offsets.at(y)),
    [0, 0, 0, 1, 1, 2, 2, 2, 2],
  );
});

test("no rows have no height", () => {
  const offsets = new Offsets();
  offsets.layOut([]);
  assert.equal(offsets.total, 0);
  assert.equal(offsets.at(5), 0);
});

test("fewer rows than before leave nothing behind", () => {
  const offsets = new Offsets();
  offsets.layOut(rows(...Array(1_000).fill(10)));
  offsets.layOut(rows(1, 2));
  assert.equal(offsets.total, 3);
  assert.equal(offsets.at(100), 1);
});
