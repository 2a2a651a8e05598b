import { serverOf } from "./address.js";
import { askTrust } from "./dialogs.js";
import { isToken } from "./token.js";

/**
 * What the deployment says in config.json.
 *
 * @param {string} text
 * @returns {{server: string, tokenUrl?: string}}
 * @throws {Error} that says what is wrong with it
 */
export function configOf(text) {
  let config;
  try {
    config = JSON.parse(text);
  } catch {
    throw new Error(`config.json is no JSON; it begins with '${text.slice(0, 40)}'`);
  }
  const { server, tokenUrl } = config ?? {};
  if (typeof server !== "string" || server === "") {
    throw new Error(
      `config.json: server is ${JSON.stringify(server) ?? "missing"}; it must be an address such as wss://host/stage`,
    );
  }
  if (tokenUrl !== undefined && typeof tokenUrl !== "string") {
    throw new Error(
      `config.json: tokenUrl is ${JSON.stringify(tokenUrl)}; it must be a path such as /token`,
    );
  }
  return { server, tokenUrl };
}

export async function readConfig() {
  const answer = await fetch("config.json", { cache: "no-store" });
  if (!answer.ok) throw new Error(`config.json was answered with ${answer.status}`);
  return configOf(await answer.text());
}

/**
 * Where tokens come from: from the deployment, or from whoever sits here.
 *
 * @param {{tokenUrl?: string}} config
 * @param {import("./settings.js").Settings} settings
 */
export function tokens({ tokenUrl }, settings) {
  if (tokenUrl !== undefined) {
    return async () => {
      const answer = await fetch(tokenUrl, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw new Error(`${tokenUrl} answered ${answer.status}`);
      const token = (await answer.text()).trim();
      // A page for signing in, for instance.
      if (!isToken(token)) throw new Error(`${tokenUrl} answered with something else than a token`);
      return token;
    };
  }
  return settings.token ? async () => settings.token : undefined;
}

/** @param {string} own @param {string | undefined} asked what the page's address asks for */
export async function serverFor(own, asked) {
  if (asked === undefined) return own;
  const server = serverOf(asked, location.href);
  if (server === own || (await askTrust(server))) return server;
  const url = new URL(location.href);
  url.searchParams.delete("server");
  history.replaceState(null, "", url);
  return own;
}
