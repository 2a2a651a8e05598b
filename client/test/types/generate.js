/** Writes what TypeScript users see, made from the sources: `npm run types`. */
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CLIENT = fileURLToPath(new URL("../..", import.meta.url));
export const TSC = join(CLIENT, "node_modules", "typescript", "bin", "tsc");

/** The rest is no one's business. */
export const PUBLIC = ["errors.d.ts", "index.d.ts", "types.d.ts"];

/** Checks the sources, and writes their types. */
export function generate(folder) {
  execFileSync(process.execPath, [TSC, "-p", CLIENT, "--outDir", folder], { encoding: "utf8" });
  for (const file of readdirSync(folder)) {
    if (!PUBLIC.includes(file)) rmSync(join(folder, file));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate(join(CLIENT, "types"));
