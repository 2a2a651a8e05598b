import { byId } from "./dom.js";
import { nameProblem } from "./settings.js";
import { isToken } from "./token.js";

const TRUSTED = "roomlog trusted servers";

/**
 * Asks for name and token.
 *
 * @param {import("./settings.js").Settings} settings
 * @param {{server: string, isFirst: boolean, withToken: boolean, hasOwnToken: boolean}} about
 *   `hasOwnToken`: the deployment's page fetches tokens by itself
 * @returns {Promise<boolean>} whether something was changed
 */
export function askWho(settings, { server, isFirst, withToken, hasOwnToken }) {
  const dialog = byId("settings");
  const name = byId("name");
  const token = byId("token");
  const problem = byId("name-problem");
  const tokenProblem = byId("token-problem");
  name.value = settings.name;
  token.value = settings.token;
  problem.textContent = tokenProblem.textContent = "";
  byId("settings-server").textContent = `Chatting at ${server}`;
  byId("settings-title").textContent = isFirst ? "Who are you?" : "Name and token";
  byId("settings-ok").textContent = isFirst ? "Start chatting" : "Save";
  byId("settings-cancel").hidden = isFirst;
  byId("token-part").hidden = hasOwnToken;
  byId("token-part").open = withToken || settings.token !== "";
  dialog.showModal();
  (withToken ? token : name).focus();
  return new Promise((resolve) => {
    const end = new AbortController();
    const { signal } = end;
    const close = (/** @type {boolean} */ isChanged) => {
      end.abort();
      dialog.close();
      resolve(isChanged);
    };
    byId("settings-form").addEventListener(
      "submit",
      (/** @type {Event} */ event) => {
        event.preventDefault();
        const given = token.value.trim();
        problem.textContent =
          (given && !name.value.trim() ? undefined : nameProblem(name.value)) ?? "";
        if (problem.textContent) return name.focus();
        tokenProblem.textContent =
          !given || isToken(given)
            ? ""
            : "This is no token: one has three parts with dots between them, and no spaces.";
        if (tokenProblem.textContent) return token.focus();
        const isChanged = settings.name !== name.value.trim() || settings.token !== given;
        settings.name = name.value.trim();
        settings.token = given;
        close(isChanged);
      },
      { signal },
    );
    byId("settings-cancel").addEventListener("click", () => close(false), { signal });
    dialog.addEventListener(
      "cancel",
      (/** @type {Event} */ event) => {
        event.preventDefault();
        if (!isFirst) close(false);
      },
      { signal },
    );
    // A browser lets a dialog be held open once; a second Escape closes it, whatever is said.
    dialog.addEventListener(
      "close",
      () => {
        if (!isFirst) return close(false);
        dialog.showModal();
        name.focus();
      },
      { signal },
    );
  });
}

/**
 * A link must not decide alone where what one writes goes.
 *
 * @param {string} server
 * @returns {Promise<boolean>}
 */
export function askTrust(server) {
  if (trusted().includes(server)) return Promise.resolve(true);
  const dialog = byId("trust");
  byId("trust-server").textContent = server;
  dialog.showModal();
  byId("trust-no").focus();
  return new Promise((resolve) => {
    const close = (/** @type {boolean} */ isTrusted) => {
      if (isTrusted) remember(server);
      dialog.close();
      resolve(isTrusted);
    };
    byId("trust-yes").addEventListener("click", () => close(true), { once: true });
    byId("trust-no").addEventListener("click", () => close(false), { once: true });
    dialog.addEventListener("cancel", () => close(false), { once: true });
  });
}

/** @returns {string[]} */
function trusted() {
  try {
    const servers = JSON.parse(localStorage.getItem(TRUSTED) ?? "[]");
    return Array.isArray(servers) ? servers : [];
  } catch {
    return [];
  }
}

/** @param {string} server */
function remember(server) {
  try {
    localStorage.setItem(TRUSTED, JSON.stringify([...trusted(), server].slice(-20)));
  } catch {
    // It will ask again.
  }
}
