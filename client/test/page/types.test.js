import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const COMPILER = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const PROJECT = fileURLToPath(new URL("../../page/tsconfig.json", import.meta.url));

test("the types in the page's comments fit together", async () => {
  await promisify(execFile)(process.execPath, [COMPILER, "-p", PROJECT]).catch(({ stdout }) => {
    throw new Error(stdout);
  });
});
