import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BUILD = fileURLToPath(new URL("../../../build-page.js", import.meta.url));

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/**
 * Builds the page, and serves it from a folder of a web server as there are many, which knows its users by a
 * cookie and answers /token with what `tokenOf` gives.
 *
 * @param {string[]} options of the build
 * @param {(who: string | undefined) => Promise<string | undefined>} [tokenOf] nothing: 401
 */
export async function serveBuilt(options, tokenOf = async () => undefined) {
  const folder = await mkdtemp(join(tmpdir(), "roomlog-dist-"));
  await promisify(execFile)(process.execPath, [BUILD, ...options], { cwd: folder });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const answer = (status, type, body) =>
      response
        .writeHead(status, {
          "Content-Type": type,
          "Content-Security-Policy": "frame-ancestors 'none'",
        })
        .end(body);
    if (pathname === "/token") {
      const who = /(?:^|; )who=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
      const token = await tokenOf(who);
      return answer(token === undefined ? 401 : 200, "text/plain", token ?? "who are you?");
    }
    const path = normalize(pathname.replace(/^\/chat\//, "").replace(/^$/, "index.html"));
    const file =
      pathname.startsWith("/chat/") && !path.startsWith("..") && join(folder, "dist", path);
    const body = file ? await readFile(file).catch(() => undefined) : undefined;
    if (body) answer(200, TYPES[extname(path)] ?? "application/octet-stream", body);
    else answer(404, "text/plain", "there is nothing");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return {
    url: `http://localhost:${server.address().port}/chat/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
