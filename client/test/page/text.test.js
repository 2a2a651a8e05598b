import assert from "node:assert/strict";
import { test } from "node:test";
import {
  SHOWN_CHARACTERS_MAX,
  beginningOf,
  durationOf,
  hueOf,
  initialOf,
  partsOf,
  shownOf,
  textOf,
} from "../../page/text.js";

test("only http and https become links, and show where they lead", () => {
  assert.deepEqual(partsOf("see https://a.example/b?c=1, or not"), [
    { text: "see " },
    { text: "https://a.example/b?c=1", href: "https://a.example/b?c=1" },
    { text: ", or not" },
  ]);
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,<script>",
    "JAVASCRIPT:x",
    "file:///etc/passwd",
    "https://",
    "xhttps://a.example",
    "vbscript:x",
    "<img src=x onerror=alert(1)>",
  ]) {
    assert.ok(
      partsOf(text).every((part) => part.href === undefined),
      text,
    );
  }
});

test("what would show another address than it leads to is no link, or ends before that", () => {
  const [link, rest] = partsOf("https://evil.example/\u202emoc.elpmaxe.knab//:sptth");
  assert.equal(link.text, "https://evil.example/");
  assert.equal(rest.href, undefined);
  for (const text of ["https://bank.example@evil.example/", "https://a:b@evil.example/"]) {
    assert.deepEqual(partsOf(text), [{ text }]);
  }
});

test("a value turns nothing around in the JSON that is shown", () => {
  const text = textOf({ "\u202e": "\u2067a" });
  assert.equal(text, '{\n  "\\u202e": "\\u2067a"\n}');
  assert.deepEqual(JSON.parse(text), { "\u202e": "\u2067a" });
});

test("an address that is none is shown as it was meant", () => {
  assert.equal(shownOf("#a%20b"), "a b");
  assert.equal(shownOf("#%"), "%");
  assert.equal(shownOf(`#${"x".repeat(500)}`).length, 80);
});

test("a duration may be before the beginning, where clocks differ", () => {
  assert.equal(durationOf(-86_400_000), "−1440 min");
  assert.equal(durationOf(12), "12 ms");
});

test("the parts of a text are the text", () => {
  const links = "http://a.example ".repeat(30);
  const text = `${links}https://b.example/(x)) "https://c.example/?q='1'" end`;
  assert.equal(
    partsOf(text)
      .map((part) => part.text)
      .join(""),
    text,
  );
  assert.ok(partsOf(text).filter((part) => part.href).length <= 20);
});

test("a long text is cut, and no character is torn", () => {
  assert.equal(beginningOf("x".repeat(SHOWN_CHARACTERS_MAX)), undefined);
  assert.equal(beginningOf("x".repeat(SHOWN_CHARACTERS_MAX + 1)).length, SHOWN_CHARACTERS_MAX);
  const family = "👨‍👩‍👧‍👦";
  const cut = beginningOf(family.repeat(2_000));
  assert.equal(cut.length % family.length, 0);
  assert.ok(cut.length > SHOWN_CHARACTERS_MAX - family.length);
  assert.ok(beginningOf("😀".repeat(20_000)).isWellFormed());
});

test("many lines are cut after some", () => {
  assert.equal(beginningOf("a\n".repeat(100)).split("\n").length, 24);
  assert.equal(beginningOf("a\n".repeat(20)), undefined);
});

test("one endless character is cut all the same", () => {
  const zalgo = "e" + "\u0301".repeat(5_000);
  assert.ok(beginningOf(zalgo).length <= SHOWN_CHARACTERS_MAX);
});

test("what is no text is shown as JSON", () => {
  assert.equal(textOf("x"), "x");
  assert.equal(textOf({ a: [1, null] }), '{\n  "a": [\n    1,\n    null\n  ]\n}');
  assert.equal(textOf(null), "null");
  assert.equal(textOf(undefined), "");
});

test("a sender has one colour and a whole initial", () => {
  assert.equal(hueOf("ann"), hueOf("ann"));
  assert.ok(hueOf("") >= 0 && hueOf("😀") < 8);
  assert.equal(initialOf("👩‍🚀 ann"), "👩‍🚀");
  assert.equal(initialOf("   "), "?");
});
