/**
 * Builds the page for any web server: npm run build -- --server wss://HOST/STAGE
 *
 * Writes `dist/`: one script, one style sheet, the page with its content security policy in it, and
 * `config.json`, which says where to connect.
 */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const HOME = dirname(fileURLToPath(import.meta.url));
const HELP = `npm run build -- --server wss://HOST/STAGE [--token-url PATH] [--out FOLDER]

  --server     where the page connects, and the only place to which its policy lets it. Left out: /Prod at
               the page's own host, and ?server=wss://… in its address after a question
  --token-url  a path at the page's own host that answers with a fresh token, as text
  --out        default: dist`;

/** Browsers that know Trusted Types' page, light-dark() and dialogs. */
const TARGETS = ["chrome123", "firefox120", "safari17.5"];

/** Left out of a policy in a page: browsers take these from a header only. */
const HEADER_ONLY = ["frame-ancestors"];

const { values } = parseArgs({
  options: {
    server: { type: "string" },
    "token-url": { type: "string" },
    out: { type: "string", default: "dist" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  try {
    await write(join(process.cwd(), values.out), values.server, values["token-url"]);
  } catch (error) {
    console.error(`build: ${error.message}`);
    process.exitCode = 1;
  }
}

/** @param {string} out @param {string | undefined} server @param {string | undefined} tokenUrl */
async function write(out, server, tokenUrl) {
  const origin = server === undefined ? undefined : originOf(server);
  if (tokenUrl !== undefined && !/^\/(?!\/)/.test(tokenUrl)) {
    throw new Error(
      `--token-url is '${tokenUrl}'; it must be a path at the page's own host, such as /token`,
    );
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, "page", "style"), { recursive: true });
  await build({
    entryPoints: [join(HOME, "page/main.js")],
    outfile: join(out, "page/main.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: TARGETS,
    charset: "utf8",
    legalComments: "none",
  });
  const html = await readFile(join(HOME, "page/index.html"), "utf8");
  for (const [, path] of html.matchAll(/href="(page\/style\/[a-z]+\.css)"/g)) {
    await build({
      entryPoints: [join(HOME, path)],
      outfile: join(out, path),
      minify: true,
      target: TARGETS,
    });
  }
  await cp(join(HOME, "page/icon.svg"), join(out, "page/icon.svg"));
  const policy = await readFile(join(HOME, "page/content-security-policy.txt"), "utf8");
  await writeFile(join(out, "index.html"), withPolicy(html, policyOf(policy, origin)));
  await writeFile(
    join(out, "config.json"),
    `${JSON.stringify({ server: server ?? "/Prod", tokenUrl }, null, 2)}\n`,
  );
}

/** @param {string} server */
function originOf(server) {
  let url;
  try {
    url = new URL(server);
  } catch {
    throw new Error(`--server is '${server}'; it must be an address such as wss://HOST/STAGE`);
  }
  if (url.protocol !== "wss:" && url.protocol !== "ws:") {
    throw new Error(`--server is '${server}'; it must begin with wss:// (or ws:// on one machine)`);
  }
  return `${url.protocol}//${url.host}`;
}

/** @param {string} policy a directive a line @param {string | undefined} origin */
function policyOf(policy, origin) {
  return policy
    .trim()
    .split("\n")
    .filter((directive) => !HEADER_ONLY.some((name) => directive.startsWith(name)))
    .map((directive) =>
      directive.startsWith("connect-src") ? `connect-src 'self' ${origin ?? "wss:"}` : directive,
    )
    .join("; ");
}

/** @param {string} html @param {string} policy */
function withPolicy(html, policy) {
  const charset = '<meta charset="utf-8">';
  if (!html.includes(charset))
    throw new Error(`index.html has no ${charset} to put the policy behind`);
  return html.replace(
    charset,
    `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}
