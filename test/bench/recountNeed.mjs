/**
 * Counts the published models' rows of `bench need` again, from the definitions and with nothing of src/.
 *
 *     node test/bench/recountNeed.mjs DIR
 *
 * A window is the list `obs` of a row of reward data, its truth is `help_needed`. A model wanted to help in a window if
 * the step of its traces with the same last sentence holds a proposal; null, "null", an empty text or list, and an object
 * whose candidate_task is one of these, hold none. A sentence that several steps or windows end with is told apart by
 * time, then by how many earlier sentences of the window the trace holds before the step; what stays open is left out.
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

function tell(window, steps, others) {
  if (steps.length === 1 && others.length === 1) return steps[0];
  const timely = (w) =>
    steps.filter((s) => String(s.time).trim() === String(w.end.time).trim() || +s.time === +w.end.time);
  const ofTime = timely(window);
  if (ofTime.length === 1 && others.filter((w) => timely(w).includes(ofTime[0])).length === 1)
    return ofTime[0];
  const sure = new Set();
  for (const other of others) {
    const mine = timely(other);
    if (mine.length === 1 && others.filter((w) => timely(w).includes(mine[0])).length === 1)
      sure.add(mine[0]);
  }
  const pool = (ofTime.length > 1 ? ofTime : steps).filter((s) => !sure.has(s));
  const overlap = (w, s) => w.obs.slice(0, -1).reduce((n, o) => n + (s.before.has(o.event) ? 1 : 0), 0);
  const best = Math.max(0, ...pool.map((s) => overlap(window, s)));
  const winners = pool.filter((s) => overlap(window, s) === best);
  if (best === 0 || winners.length !== 1) return undefined;
  const rivals = others.filter(
    (w) => w !== window && timely(w).length !== 1 && overlap(w, winners[0]) >= best,
  );
  return rivals.length ? undefined : winners[0];
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
    const step = tell(
      window,
      steps.filter((s) => s.event === window.end.event),
      windows.filter((w) => w.end.event === window.end.event),
    );
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
