import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf, placeOf, serverOf, startOf } from "../../page/address.js";

test("a place is a room, or a position in it", () => {
  assert.deepEqual(placeOf("#lobby"), { room: "lobby" });
  assert.deepEqual(placeOf("#a.b:c_d-e/42"), { room: "a.b:c_d-e", position: 42 });
  assert.equal(hashOf("lobby", 42), "#lobby/42");
});

test("what is no place leads nowhere", () => {
  for (const hash of [
    "",
    "#",
    "#lobby/",
    "#lobby/0",
    "#lobby/-1",
    "#lobby/1.5",
    "#lobby/x",
    "#a b",
    "#token=abc",
    "#lobby/9999999999999999",
    `#${"r".repeat(129)}`,
    "#<script>",
    "#lobby/1/2",
  ]) {
    assert.equal(placeOf(hash), undefined, hash);
  }
});

test("a token does not stay in the address", () => {
  const inQuery = startOf("https://chat.example/?token=a.b.c&name=ann#lobby/7");
  assert.equal(inQuery.token, "a.b.c");
  assert.equal(inQuery.name, "ann");
  assert.equal(inQuery.clean, "https://chat.example/?name=ann#lobby/7");
  const inHash = startOf("https://chat.example/#token=a.b.c");
  assert.equal(inHash.token, "a.b.c");
  assert.equal(inHash.clean, "https://chat.example/");
  assert.equal(
    startOf("https://chat.example/#lobby/7&token=a.b.c").clean,
    "https://chat.example/#lobby/7",
  );
});

test("a server is a WebSocket address, or stands relative to the page", () => {
  const page = "http://localhost:3001/?name=ann#lobby";
  assert.equal(serverOf("/Prod", page), "ws://localhost:3001/Prod");
  assert.equal(serverOf("/Prod", "https://chat.example/room/"), "wss://chat.example/Prod");
  assert.equal(serverOf("wss://abc.example/Prod/", page), "wss://abc.example/Prod");
  assert.equal(serverOf("ws://127.0.0.1:3001/Prod", page), "ws://127.0.0.1:3001/Prod");
});

test("what is no safe server is refused with the reason", () => {
  const page = "https://chat.example/";
  assert.throws(() => serverOf("javascript:alert(1)", page), /must begin with wss/);
  assert.throws(() => serverOf("ws://elsewhere.example/Prod", page), /other servers need wss/);
  assert.throws(() => serverOf("wss://user@elsewhere.example/Prod", page), /no user/);
  assert.throws(() => serverOf("wss://elsewhere.example/Prod?name=eve", page), /no \?/);
  assert.throws(() => serverOf("wss://", page), /must be an address/);
});
