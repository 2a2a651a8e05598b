import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const LIBRARY = fileURLToPath(new URL("../../lib", import.meta.url));

/** Mistakes that one could make in the library, each as changes of its text. */
export const BUGS = {
  "shows what follows a gap": [
    [
      "reader.js",
      "this.#feed.held.get(next)",
      "[...this.#feed.held.values()].find((e) => e.position >= next)",
    ],
  ],
  "takes a page without looking at what it has": [
    ["reader.js", "while (this.#page[0] && this.#page[0].position < next) this.#page.shift();", ""],
    [
      "reader.js",
      "this.#page[0]?.position === next ? this.#page.shift() : undefined",
      "this.#page.shift()",
    ],
    ["reader.js", "isEntry(entry) && entry.position >= next", "isEntry(entry)"],
  ],
  "joins without saying what it has": [
    ["feed.js", "const after = this.last();", "const after = undefined;"],
    [
      "feed.js",
      "reader.cursor ??= head;",
      "reader.cursor = this.isJoined(link) ? reader.cursor : head;",
    ],
    ["feed.js", "    this.#joined.add(link);\n", ""],
    [
      "feed.js",
      "    this.prune();\n    this.take(answer",
      "    this.#joined.add(link);\n    this.prune();\n    this.take(answer",
    ],
  ],
  "takes a new id for each try": [
    [
      "outbox.js",
      "batch.map(({ id, json }) =>",
      "batch.map(({ id, json }, i) => ((batch[i].id = id = this.#session.newId()),",
    ],
    ["outbox.js", '`{"id":"${id}","data":${json}}`', '`{"id":"${id}","data":${json}}`)'],
  ],
  "has several frames under way": [["outbox.js", "if (this.#isRunning) return;", ""]],
  "never asks for the heads": [
    ["session.js", "const SYNC_EVERY = 60_000;", "const SYNC_EVERY = 1e9;"],
  ],
  "trusts a silent connection": [
    [
      "link.js",
      'if (this.#frames === frames) this.fail("no answer for 30 s");\n        else done(undefined);',
      "done(undefined);",
    ],
  ],
  "refuses a whole frame for one message": [
    [
      "outbox.js",
      "else if (batch.length > 1 && !OF_THE_ROOM.includes(error.code)) return this.#halve(batch);",
      "",
    ],
  ],
  "takes a position that waits for its writer as void": [
    [
      "reader.js",
      "this.#skip(Math.min(from, first) - 1);",
      "this.#skip(pending ? to + 1 : Math.min(from, first) - 1);",
    ],
  ],
  "does not fetch a token when one has expired": [
    [
      "session.js",
      "    this.#token = undefined;\n    if (link === this.#next)",
      "    return true;\n    if (link === this.#next)",
    ],
  ],
  "makes frames as long as they come": [
    ["outbox.js", "const BATCH_BYTES = 30_000;", "const BATCH_BYTES = 1e9;"],
  ],
  "takes a frame as stored when the connection ends": [
    ["session.js", "if (only?.isClosed) return;", "if (link.isClosed) return { acks: undefined };"],
    [
      "outbox.js",
      "const ack = acks.find((one) => one?.id === each.id && one.position > 0);",
      "const ack = acks.find((one) => one?.id === each.id) ?? { id: each.id, position: 1 };",
    ],
  ],
  "is one off when it asks the log": [
    ["feed.js", '"after":${after},"limit"', '"after":${after + 1},"limit"'],
  ],
  "sends the latest first": [["outbox.js", "this.#waiting.push(", "this.#waiting.unshift("]],
  "refuses all that waits for one message": [
    ["outbox.js", 'if (error.code === "closed") batch', "batch"],
    ["outbox.js", "    else if (batch.length > 1 && !OF_THE_ROOM", "    if (0 && !OF_THE_ROOM"],
  ],
  "repeats nothing that the gateway failed to do": [
    [
      "session.js",
      "      const answer = await link.ask(fields(refused));\n",
      "      const answer = await link.ask(fields(refused));\n      if (!answer && !link.isClosed) await this.sleep(1e9);\n",
    ],
  ],
};

/** Faults that are to strike more often than usual, where a mistake shows only with them. */
export const HARDER = {
  "never asks for the heads": { "push-dropped": 0.3, "membership-lost": 0.01 },
  "trusts a silent connection": { vanished: 0.003 },
  "does not fetch a token when one has expired": { "token-short": 1 },
  "takes a frame as stored when the connection ends": { cut: 0.01 },
};

/**
 * The library with a mistake in it.
 *
 * @param {string} name one of {@link BUGS}
 */
export async function withBug(name) {
  const folder = await mkdtemp(join(tmpdir(), "roomlog-client-"));
  try {
    await cp(LIBRARY, folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    for (const [file, right, wrong] of BUGS[name]) {
      const path = join(folder, file);
      const text = await readFile(path, "utf8");
      if (text.split(right).length !== 2) throw new Error(`${name}: not once in ${file}: ${right}`);
      await writeFile(
        path,
        text.replace(right, () => wrong),
      );
    }
    return await import(pathToFileURL(join(folder, "index.js")).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
