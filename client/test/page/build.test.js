import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BUILD = fileURLToPath(new URL("../../build-page.js", import.meta.url));
const run = promisify(execFile);

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), "roomlog-dist-"))));
after(() => rm(folder, { recursive: true, force: true }));

const built = async (...options) => {
  await run(process.execPath, [BUILD, ...options], { cwd: folder });
  return {
    html: await readFile(join(folder, "dist/index.html"), "utf8"),
    config: JSON.parse(await readFile(join(folder, "dist/config.json"), "utf8")),
    script: await readFile(join(folder, "dist/page/main.js"), "utf8"),
  };
};

test("a build for a server connects there, and its policy lets it nowhere else", async () => {
  const { html, config, script } = await built(
    "--server",
    "wss://abc.example/Prod",
    "--token-url",
    "/token",
  );
  assert.deepEqual(config, { server: "wss://abc.example/Prod", tokenUrl: "/token" });
  assert.match(html, /connect-src 'self' wss:\/\/abc\.example;/);
  assert.match(html, /default-src 'none'; script-src 'self';/);
  assert.match(html, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(html, /frame-ancestors/);
  assert.doesNotMatch(script, /^import /m);
  const files = (await readdir(join(folder, "dist"), { recursive: true })).sort();
  for (const [, path] of html.matchAll(/(?:href|src)="(page\/[^"]+)"/g))
    assert.ok(files.includes(path), path);
});

test("no script and no style stands in the page itself: the policy would stop it", async () => {
  const { html } = await built();
  assert.doesNotMatch(html, /<script(?![^>]* src=)/);
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=/);
});

test("a build without a server connects to the host of the page", async () => {
  const { html, config } = await built();
  assert.deepEqual(config, { server: "/Prod" });
  assert.match(html, /connect-src 'self' wss:;/);
});

test("what makes no sense is refused with its value, and nothing is built", async () => {
  for (const [options, message] of [
    [
      ["--server", "https://abc.example/Prod"],
      /--server is 'https:\/\/abc.example\/Prod'; it must begin with wss/,
    ],
    [["--server", "abc"], /--server is 'abc'; it must be an address/],
    [["--token-url", "https://elsewhere.example/token"], /--token-url is 'https:/],
    [["--token-url", "//elsewhere.example/token"], /--token-url is '\/\/elsewhere/],
  ]) {
    await assert.rejects(
      run(process.execPath, [BUILD, "--out", "none", ...options], { cwd: folder }),
      ({ stderr }) => message.test(stderr),
    );
  }
  assert.ok(!(await readdir(folder)).includes("none"));
});
