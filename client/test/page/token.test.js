import assert from "node:assert/strict";
import { test } from "node:test";
import { isOver, isToken } from "../../page/token.js";

const tokenOf = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;

test("a token has three parts, and what is none is told from it", () => {
  assert.ok(isToken(tokenOf({ sub: "ann" })));
  for (const text of [
    "",
    "abc",
    "a.b",
    "a.b.c d",
    "a.b.c\n",
    "<!doctype html>",
    "a.b.c.d",
    "é.b.c",
  ]) {
    assert.equal(isToken(text), false, text);
  }
});

test("a token is over when it says so, and what cannot be read is not", () => {
  const now = 1_000_000;
  assert.equal(isOver(tokenOf({ exp: 1_000 }), now), true);
  assert.equal(isOver(tokenOf({ exp: 1_001 }), now), false);
  for (const text of ["", "a.b.c", tokenOf({}), tokenOf({ exp: "soon" }), tokenOf(null)]) {
    assert.equal(isOver(text, now), false, text);
  }
});
