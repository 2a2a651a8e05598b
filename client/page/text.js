/** Longer texts are cut until somebody wants all of them: shaping 20,000 emoji takes a while. */
export const SHOWN_CHARACTERS_MAX = 1_500;
export const SHOWN_LINES_MAX = 24;

/** More links than this in one message stay text. */
const LINKS_MAX = 20;
/** Characters that turn the direction of writing around: in a link they would show another address. */
const TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069";
const TURN = new RegExp(`[${TURNS}]`, "g");
const LINK = new RegExp(`\\bhttps?:\\/\\/[^\\s<>"'\`${TURNS}]+`, "g");
const NOT_ITS_END = /[.,;:!?)\]}]+$/;

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hour12: false,
});

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "medium" });

/** Made once: each making reads the rules of all scripts, and a page of rows asks for dozens. */
const CHARACTERS = new Intl.Segmenter();

export const timeOf = (/** @type {number} */ at) => TIME.format(at);
export const momentOf = (/** @type {number} */ at) => MOMENT.format(at);
export const clockOf = (/** @type {number} */ at) => CLOCK.format(at);

/** @param {number} at @param {number} now */
export function dayOf(at, now) {
  if (isSameDay(at, now)) return "Today";
  if (isSameDay(at, now - 86_400_000)) return "Yesterday";
  return DAY.format(at);
}

/** @param {number} a @param {number} b */
export function isSameDay(a, b) {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** A message's data for people: text as it is, anything else as JSON. @param {any} data */
export function textOf(data) {
  if (typeof data === "string") return data;
  // Escaped, as JSON may have it: a value must not turn around what stands beside it.
  return (JSON.stringify(data, null, 2) ?? "").replace(
    TURN,
    (turn) => `\\u${turn.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A part of an address as it was meant, for people. @param {string} hash */
export function shownOf(hash) {
  const text = hash.replace(/^#/, "").slice(0, 80);
  try {
    return decodeURIComponent(text).replace(TURN, "");
  } catch {
    return text;
  }
}

/**
 * The beginning of a long text, cut where no character is torn.
 *
 * @param {string} text
 * @returns {string | undefined} nothing if the text is short
 */
export function beginningOf(text) {
  let end = text.length > SHOWN_CHARACTERS_MAX ? SHOWN_CHARACTERS_MAX : -1;
  let line = -1;
  for (let lines = 0; lines < SHOWN_LINES_MAX; lines++) {
    line = text.indexOf("\n", line + 1);
    if (line < 0 || (end >= 0 && line > end)) break;
    if (lines === SHOWN_LINES_MAX - 1) end = line;
  }
  if (end < 0) return undefined;
  // A character may be many: a family of four is eleven. What is before the last one is whole.
  const near = text.slice(Math.max(0, end - 64), end + 64);
  const from = Math.max(0, end - 64);
  let whole = end;
  for (const { index } of CHARACTERS.segment(near)) {
    if (from + index > end) break;
    whole = from + index;
  }
  return text.slice(0, whole || end);
}

/**
 * A text in parts, some of which are links to http or https. The parts together are the text: what a
 * link shows is where it leads.
 *
 * @param {string} text
 * @returns {{text: string, href?: string}[]}
 */
export function partsOf(text) {
  const parts = [];
  let end = 0;
  for (const match of [...text.matchAll(LINK)].slice(0, LINKS_MAX)) {
    const shown = match[0].replace(NOT_ITS_END, "");
    const href = linkOf(shown);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** @param {string} text */
function linkOf(text) {
  try {
    const url = new URL(text);
    const isWeb = (url.protocol === "https:" || url.protocol === "http:") && url.hostname;
    // https://bank.example@elsewhere.example/ leads elsewhere, and looks as if it did not.
    return isWeb && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** One of eight colours for a sender, always the same. @param {string} sender */
export function hueOf(sender) {
  let hash = 7;
  for (const character of sender) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % 8;
}

/** The first character of a name, whole. @param {string} name */
export function initialOf(name) {
  for (const { segment } of CHARACTERS.segment(name.trim())) return segment.toUpperCase();
  return "?";
}

/** @param {number} bytes */
export function bytesOf(bytes) {
  return bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} kB`;
}

/** @param {number} ms @returns {string} */
export function durationOf(ms) {
  if (ms < 0) return `−${durationOf(-ms)}`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** @param {number} count @param {string} one @param {string} [many] */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}
