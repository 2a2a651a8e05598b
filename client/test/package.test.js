import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { CLIENT, PUBLIC, TSC, generate } from "./types/generate.js";

const SIZE_MAX = 6 * 1024;

const read = (...path) => readFileSync(join(CLIENT, ...path), "utf8");

/** What the compiler says against two files that use the package as an application would. */
const complaints = (() => {
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext"];
  const lib = ["--lib", "es2022,dom", "--types", "node"];
  const files = ["right.ts", "wrong.ts"].map((file) => join(CLIENT, "test", "types", file));
  const command = [TSC, ...options, ...lib, ...files];
  const { stdout } = spawnSync(process.execPath, command, { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes("error TS"));
})();

test("it is under 6 KB, minified and compressed", async (t) => {
  const { outputFiles } = await build({
    entryPoints: [join(CLIENT, "lib", "index.js")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const minified = outputFiles[0].contents;
  const size = gzipSync(minified, { level: 9 }).length;
  t.diagnostic(`${minified.length} bytes minified, ${size} compressed`);
  assert.ok(size < SIZE_MAX, `${size} bytes`);
});

test("the sources keep to their types, and the types that are published are theirs", () => {
  const folder = mkdtempSync(join(tmpdir(), "roomlog-types-"));
  try {
    generate(folder);
    for (const file of PUBLIC) {
      assert.equal(read("types", file), readFileSync(join(folder, file), "utf8"), "npm run types");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is right compiles", () => {
  assert.deepEqual(
    complaints.filter((line) => !line.includes("wrong.ts")),
    [],
  );
});

test("what is wrong does not", () => {
  const lines = complaints.map((line) => Number(/\((\d+),/.exec(line)?.[1]));
  assert.deepEqual([...new Set(lines)], [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15]);
});

test("it needs nothing at run time, and its lock names no registry", () => {
  const { dependencies } = JSON.parse(read("package.json"));
  assert.equal(dependencies, undefined);
  assert.ok(!read("package-lock.json").includes('"resolved"'));
});

test("an application that has installed it finds it by its name, for itself and for its types", () => {
  const folder = mkdtempSync(join(tmpdir(), "roomlog-installed-"));
  const run = (command, ...words) =>
    execFileSync(command, words, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  try {
    const [{ filename }] = JSON.parse(run("npm", "pack", "--json", CLIENT));
    run("npm", "install", "--offline", "--no-audit", "--no-fund", join(folder, filename));
    const code = 'import { connect } from "roomlog-client"; console.log(typeof connect)';
    assert.equal(run(process.execPath, "--input-type=module", "--eval", code), "function\n");
    const { exports } = JSON.parse(read("package.json"));
    assert.deepEqual(Object.keys(exports["."]), ["types", "default"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the example of its README is JavaScript", () => {
  const example = /```js\n([^]*?)```/.exec(read("README.md"))?.[1] ?? "";
  const folder = mkdtempSync(join(CLIENT, "test", "example-"));
  try {
    writeFileSync(join(folder, "example.mjs"), example);
    execFileSync(process.execPath, ["--check", join(folder, "example.mjs")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
