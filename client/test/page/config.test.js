import assert from "node:assert/strict";
import { test } from "node:test";
import { configOf } from "../../page/config.js";

test("config.json says where to connect, and where tokens come from", () => {
  assert.equal(configOf('{"server":"/Prod"}').server, "/Prod");
  const both = '{"server":"wss://a.example/Prod","tokenUrl":"/token"}';
  assert.deepEqual(configOf(both), { server: "wss://a.example/Prod", tokenUrl: "/token" });
});

test("what is wrong with config.json is named", () => {
  for (const [text, problem] of [
    ["<!doctype html>", /config\.json is no JSON; it begins with '<!doctype html>'/],
    ["{}", /config\.json: server is missing/],
    ["null", /config\.json: server is missing/],
    ['{"server":5}', /config\.json: server is 5/],
    ['{"server":"/Prod","tokenUrl":7}', /config\.json: tokenUrl is 7/],
  ]) {
    assert.throws(() => configOf(text), problem, text);
  }
});
