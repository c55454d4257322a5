/**
 * Counts the published models' rows of `bench need` again, from the definitions and with nothing of src/.
 *
 *     node test/bench/recountNeed.mjs DIR
 *
 * A window is the list `obs` of a row of reward data, its truth is `help_needed`. A model wanted to help in a window if
 * the step of its traces with the same last sentence holds a proposal; null, "null", an empty text or list, and an object
 * whose candidate_task is one of these, hold none. A sentence that several steps or windows end with is told apart by
 * time, then by how many earlier sentences of the window the trace holds before the step: the best pair first, each
 * window and each step once. Two equally good pairs that share a window or a step leave theirs open, and an open
 * window is left out, as is one that agrees in nothing but its last sentence.
 * Prints {windows, needed, models: {NAME: {windows, tp, fp, fn, tn, precision, recall, f1}}}.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const [folder] = process.argv.slice(2);
const truth = new Map();
for (const part of ['train', 'test']) {
  const path = `${folder}/reward_data/${part}_data.jsonl`;
  if (!existsSync(path)) continue;
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
    if (!line.trim()) continue;
    const { obs, help_needed: needed } = JSON.parse(line);
    const id = obs.map((o) => `${typeof o.time} ${o.time}\u0000${o.event}`).join('\u0001');
    if (!truth.has(id)) truth.set(id, { obs, needed, end: obs[obs.length - 1] });
  }
}
const windows = Array.from(truth.values());

function proposes(answer) {
  if (answer === null || answer === undefined) return false;
  if (typeof answer === 'string') return !/^\s*(null)?\s*$/i.test(answer);
  if (Array.isArray(answer)) return answer.some((a) => (a && typeof a === 'object' ? true : proposes(a)));
  return proposes(answer.candidate_task);
}

/** Goodness of a pair as a number: whole for the sentences before, and far above all of them for the time. */
function goodness(window, step) {
  const [a, b] = [String(window.end.time).trim(), String(step.time).trim()];
  const timely =
    a === b || (a && b && parseFloat(a) === parseFloat(b) && !Number.isNaN(+a) && !Number.isNaN(+b));
  let shared = 0;
  for (let i = 0; i < window.obs.length - 1; i++) if (step.before.has(window.obs[i].event)) shared++;
  return (timely ? 1e6 : 0) + shared;
}

/** Window -> step for the windows and steps of one sentence. */
function couple(alike, steps) {
  const couples = new Map();
  if (alike.length === 1 && steps.length === 1) return couples.set(alike[0], steps[0]);
  let pairs = alike.flatMap((w) => steps.map((s) => ({ w, s, good: goodness(w, s) })));
  while (pairs.length > 0) {
    const best = Math.max(...pairs.map((p) => p.good));
    if (best === 0) break;
    const top = pairs.filter((p) => p.good === best);
    for (const { w, s } of top) {
      if (top.filter((p) => p.w === w).length === 1 && top.filter((p) => p.s === s).length === 1)
        couples.set(w, s);
    }
    pairs = pairs.filter((p) => !top.some((t) => t.w === p.w || t.s === p.s));
  }
  return couples;
}

const models = {};
const names = existsSync(`${folder}/traces`) ? readdirSync(`${folder}/traces`).sort() : [];
for (const name of names) {
  const steps = [];
  for (const file of readdirSync(`${folder}/traces/${name}`)) {
    if (!file.endsWith('.json')) continue;
    const before = [];
    for (const { observation, agent_response: answer } of JSON.parse(
      readFileSync(`${folder}/traces/${name}/${file}`, 'utf8'),
    )) {
      steps.push({ ...observation, answer, before: new Set(before) });
      before.push(observation.event);
    }
  }
  const n = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const window of windows) {
    const step = couple(
      windows.filter((w) => w.end.event === window.end.event),
      steps.filter((s) => s.event === window.end.event),
    ).get(window);
    if (!step) continue;
    const yes = proposes(step.answer);
    n[yes ? (window.needed ? 'tp' : 'fp') : window.needed ? 'fn' : 'tn']++;
  }
  const judged = n.tp + n.fp + n.fn + n.tn;
  if (judged === 0) continue;
  const precision = n.tp + n.fp > 0 ? n.tp / (n.tp + n.fp) : 0;
  const recall = n.tp + n.fn > 0 ? n.tp / (n.tp + n.fn) : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  models[name] = { windows: judged, ...n, precision, recall, f1 };
}
console.log(
  JSON.stringify({ windows: windows.length, needed: windows.filter((w) => w.needed).length, models }),
);
