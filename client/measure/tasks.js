/**
 * What a renderer's main thread did, task by task, from a trace of Chromium. A task runs to its end before the
 * next begins: as long as it takes, nothing that somebody does at the page is answered.
 */

/** Categories that a trace must have. */
export const CATEGORIES = [
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "v8",
  "v8.execute",
  "blink.user_timing",
  "loading",
];

/** @typedef {"script" | "style" | "layout" | "paint" | "collection" | "other"} Kind */

/** @type {Record<string, Kind>} */
const KINDS = {
  FunctionCall: "script",
  EvaluateScript: "script",
  RunMicrotasks: "script",
  FireAnimationFrame: "script",
  TimerFire: "script",
  "v8.compile": "script",
  "v8.compileModule": "script",
  UpdateLayoutTree: "style",
  Layout: "layout",
  PrePaint: "paint",
  Paint: "paint",
  Layerize: "paint",
  Commit: "paint",
  MinorGC: "collection",
  MajorGC: "collection",
  "V8.GCScavenger": "collection",
  "V8.GCFinalizeMC": "collection",
  "V8.GCIncrementalMarking": "collection",
  "V8.GCIncrementalMarkingStart": "collection",
  "V8.GCIncrementalMarkingFinalize": "collection",
  "BlinkGC.AtomicPauseMarkEpilogue": "collection",
};

/**
 * @typedef {object} Task
 * @property {number} at milliseconds of the trace's clock
 * @property {number} ms from its beginning to its end
 * @property {number} [cpuMs] processor time; less than `ms` if the thread had to wait for a processor
 * @property {Partial<Record<Kind, number>>} parts milliseconds by kind, each without what is nested in it
 */

/**
 * @param {string} json a trace
 * @param {string} url what the page's scripts begin with
 * @returns {Task[]} those of the page's main thread
 */
export function tasksOf(json, url) {
  const events = JSON.parse(json).traceEvents;
  const main = mainThread(events, url);
  const ours = events
    .filter((event) => event.pid === main.pid && event.tid === main.tid && event.ph === "X")
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const tasks = [];
  /** @type {{end: number, kind: Kind, inner: number, dur: number}[]} */
  const stack = [];
  let task;
  const leave = (until) => {
    while (stack.length && stack.at(-1).end <= until) {
      const { kind, dur, inner } = stack.pop();
      task.parts[kind] = (task.parts[kind] ?? 0) + (dur - inner) / 1_000;
    }
  };
  for (const event of ours) {
    const { name, ts, dur = 0, tdur } = event;
    if (name === "RunTask") {
      if (task) leave(Infinity);
      task = {
        at: ts / 1_000,
        ms: dur / 1_000,
        cpuMs: tdur === undefined ? undefined : tdur / 1_000,
        parts: {},
        end: ts + dur,
      };
      stack.push({ end: ts + dur, kind: "other", inner: 0, dur });
      tasks.push(task);
    } else if (task && ts < task.end && KINDS[name]) {
      leave(ts);
      if (stack.length) stack.at(-1).inner += dur;
      stack.push({ end: ts + dur, kind: KINDS[name], inner: 0, dur });
    }
  }
  if (task) leave(Infinity);
  return tasks;
}

/** The thread that runs the page's scripts. */
function mainThread(events, url) {
  const counts = new Map();
  for (const { name, pid, tid, args } of events) {
    const from = args?.data?.url;
    if ((name !== "FunctionCall" && name !== "EvaluateScript") || !String(from).startsWith(url))
      continue;
    const key = `${pid} ${tid}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most) throw new Error(`the trace has no script of ${url}`);
  const [pid, tid] = most[0].split(" ").map(Number);
  return { pid, tid };
}
