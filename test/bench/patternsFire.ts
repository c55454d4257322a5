/**
 * Where each pattern fires and what people took there.
 *
 *     node test/bench/patternsFire.ts [--data DIR] [--seeds N] [--show NAME] [--json]
 *
 * With human-judged windows in ProactiveBench's layout: on how many traces and windows a pattern fires, which of the tasks
 * that people judged in those windows are of its kind (and about its subject) and how many they accepted, and P(accepted)
 * by a linear judge that was learnt from the other traces. On written days: how often a pattern fires on the scene that
 * needs it and on days that need nothing. On the demo day: how often all of them together would speak, and what a turn costs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createPatterns } from '../../src/agent/proposers/patterns/index.ts';
import { Event } from '../../src/model/event.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { contentWords, sameTopic } from '../../src/model/topic.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import type { Scene } from '../../src/proactivebench/yamlFile.ts';
import { type JudgedWindow, windowsOf } from '../../src/proactivebench/windows.ts';
import { timesOf } from '../../src/replay/time.ts';
import { FEATURE_NAMES } from '../../src/reward/features.ts';
import { createLinearScore, fitLinearJudges } from '../../src/reward/linearJudge.ts';
import { firedDuring, proposalsAt } from '../agent/proposers/firing.ts';
import { dullDay, SCENES, unseenDay } from '../agent/proposers/unseenDays.ts';

/** The kinds of task that people judged, by their words. */
const KINDS: Readonly<Record<string, RegExp>> = {
  summarise: /\bsummar|\bkey (?:points|features)|\bhighlight|\bnotes\b/i,
  example: /\b(?:examples?|snippets?|templates?|sample|cheat sheet)\b/i,
  fix: /\b(?:fix|debug|troubleshoot|resolv|causes?|errors?|issues?|check)/i,
  explain: /\b(?:explain|explanation|understand|introduction|overview|answer)/i,
  compare: /\bcompar|\bdifferences?\b|\bside by side\b/i,
  steps: /\b(?:steps?|step-by-step|tutorial|guide|walkthrough|checklist)\b/i,
  search: /\b(?:search|find|look)\b/i,
  write: /\b(?:write|draft|outline|cite|collect|key points)\b/i,
};

/** Turns come while a page is read, too: after some seconds and after minutes, unless the next thing happened before. */
function momentsAfter(window: JudgedWindow, windows: readonly JudgedWindow[]): readonly number[] {
  const longer = windows.find((each) => each.trace === window.trace && each.obs.length > window.obs.length);
  if (!longer) return [0, 20_000, 130_000];
  const times = timesOf(longer.obs.map(({ time }) => time));
  const gap = times[window.obs.length]! - times[window.obs.length - 1]!;
  return [0, 20_000, 130_000].filter((later) => later === 0 || later < gap);
}

interface Fired {
  readonly name: string;
  readonly trace: string;
  readonly window: JudgedWindow;
  readonly proposal: Proposal;
  readonly judged: number;
}

/** Every firing on the judged windows, with P(accepted) by a judge that never saw the trace. */
export async function firedOn(windows: readonly JudgedWindow[]): Promise<readonly Fired[]> {
  const patterns = createPatterns();
  const fired: Fired[] = [];
  for (const trace of new Set(windows.map((each) => each.trace))) {
    const moments = windows
      .filter((each) => each.trace !== trace)
      .flatMap(({ rows }) => rows)
      .map((row) => ({
        events: row.obs.map(({ event }) => event),
        task: row.pred_task,
        accepted: row.valid,
      }));
    const [weights] = fitLinearJudges(moments, {
      name: 'bench',
      shape: { words: true, features: FEATURE_NAMES },
      ridges: [30],
    });
    const score = createLinearScore(weights!);
    for (const window of windows.filter((each) => each.trace === trace)) {
      const times = timesOf(window.obs.map(({ time }) => time));
      const observations = window.obs.map(({ event }, at) => ({
        id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
        time: times[at]!,
        duration: 0,
        kind: 'described' as const,
        event,
        sources: [],
      }));
      const made = new Map<string, Proposal>();
      for (const later of momentsAfter(window, windows))
        for (const each of await proposalsAt(patterns, {
          now: times.at(-1)! + later,
          events: [],
          observations,
        }))
          if (!made.has(each.proposer)) made.set(each.proposer, each);
      for (const proposal of made.values()) {
        const judged = score({ events: window.obs.map(({ event }) => event), task: proposal.task });
        fired.push({ name: proposal.proposer.replace('pattern:', ''), trace, window, proposal, judged });
      }
    }
  }
  return fired;
}

/** The judged tasks of a window that are of the proposal's kind, and of those the ones about its subject. */
export function likeTasks({ window, proposal }: Pick<Fired, 'window' | 'proposal'>): {
  readonly kind: readonly boolean[];
  readonly both: readonly boolean[];
} {
  const kinds = Object.values(KINDS).filter((kind) => kind.test(proposal.task));
  const about = new Set([...proposal.topic.split(' '), ...contentWords(proposal.topic)]);
  const tasks = new Map<string, boolean>();
  for (const row of window.rows) if (row.pred_task !== null) tasks.set(row.pred_task, row.valid);
  const kind = [...tasks].filter(([task]) => kinds.some((each) => each.test(task)));
  const both = kind.filter(([task]) => contentWords(task).some((word) => about.has(word)));
  return { kind: kind.map(([, valid]) => valid), both: both.map(([, valid]) => valid) };
}

const share = (values: readonly boolean[]) =>
  values.length === 0 ? null : values.filter(Boolean).length / values.length;

/** One line a pattern: where it fires on judged windows and what was accepted there. */
export function acceptanceOf(fired: readonly Fired[]) {
  return createPatterns().map(({ name }) => {
    const short = name.replace('pattern:', '');
    const mine = fired.filter((each) => each.name === short);
    const like = mine.map(likeTasks);
    const kind = like.flatMap((each) => each.kind);
    const both = like.flatMap((each) => each.both);
    return {
      pattern: short,
      traces: new Set(mine.map(({ trace }) => trace)).size,
      windows: mine.length,
      needed: share(mine.map(({ window }) => window.needed)),
      kind: { n: kind.length, accepted: kind.filter(Boolean).length },
      subject: { n: both.length, accepted: both.filter(Boolean).length },
      judge: mine.length === 0 ? null : mine.reduce((sum, { judged }) => sum + judged, 0) / mine.length,
    };
  });
}

/**
 * How often patterns speak on the example events of the benchmark's scenes, which nobody read while writing them: sentences
 * of what a user does, a minute apart. No person judged them, so they only show that a pattern speaks, and how seldom.
 */
export async function onScenes(scenes: readonly Scene[]) {
  const patterns = createPatterns();
  const fired: Record<string, number> = {};
  const examples: Record<string, string> = {};
  let events = 0;
  for (const { environment } of scenes) {
    const told = (environment.events_example ?? []).filter((each) => /\buser\b/i.test(each));
    const observations: Observation[] = told.map((event, at) => ({
      id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      time: 1_700_000_000_000 + at * 60_000,
      duration: 0,
      kind: 'described',
      event,
      sources: [],
    }));
    events += observations.length;
    for (const [at, { time }] of observations.entries()) {
      const window = { events: [], observations: observations.slice(Math.max(0, at - 39), at + 1) };
      const names = new Map<string, string>();
      for (const later of [0, 20_000])
        for (const each of await proposalsAt(patterns, { now: time + later, ...window }))
          names.set(each.proposer.replace('pattern:', ''), each.task);
      for (const [name, task] of names) {
        fired[name] = (fired[name] ?? 0) + 1;
        examples[name] ??= task;
      }
    }
  }
  return { scenes: scenes.length, events, fired, examples };
}

/** How patterns fare on written days: which fire on which need, and which on days without one. */
export async function onWrittenDays(seeds: number) {
  const patterns = createPatterns();
  const hits: Record<string, Record<string, number>> = {};
  for (const need of Object.keys(SCENES)) {
    const found: Record<string, number> = {};
    for (let seed = 1; seed <= seeds; seed += 1) {
      const day = unseenDay(need, seed);
      const until = day.to + 600_000;
      for (const name of await firedDuring(patterns, day.events, day.from, until))
        found[name] = (found[name] ?? 0) + 1;
    }
    hits[need] = found;
  }
  const dull: Record<string, number> = {};
  let hours = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const events = dullDay(seed);
    hours += (events.at(-1)!.at - events[0]!.at) / 3_600_000;
    for (const name of await firedDuring(patterns, events, 0, Infinity)) dull[name] = (dull[name] ?? 0) + 1;
  }
  return { hits, dull, hours };
}

/** All patterns on one recorded day: what would be said if each topic were said once in its lifetime, and one at a time. */
export async function onOneDay(events: readonly Event[]) {
  const patterns = createPatterns();
  const said: { at: number; proposal: Proposal }[] = [];
  const spent: number[] = [];
  for (const [at, event] of events.entries()) {
    const next = events[at + 1]?.at ?? event.at;
    for (let now = event.at; now <= next; now += 60_000) {
      const began = performance.now();
      const made = await proposalsAt(patterns, {
        now,
        events: events.slice(Math.max(0, at - 199), at + 1),
        observations: [],
      });
      spent.push(performance.now() - began);
      const fresh = made.find((each) => !said.some(({ proposal }) => sameTopic(proposal.topic, each.topic)));
      if (fresh) said.push({ at: now, proposal: fresh });
    }
  }
  const hours = (events.at(-1)!.at - events[0]!.at) / 3_600_000;
  spent.sort((a, b) => a - b);
  const at = (share: number) => spent[Math.min(spent.length - 1, Math.floor(share * spent.length))]!;
  // A busy machine makes some turns slow; half of them are not slower than this.
  return { said, turns: spent.length, medianMs: at(0.5), ms95: at(0.95), hours };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      seeds: { type: 'string', default: '40' },
      show: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const out: Record<string, unknown> = {};
  let allScenes: readonly Scene[] = [];
  const print = (line: string) => values.json || process.stdout.write(`${line}\n`);
  if (values.data) {
    const { train, test, scenes } = await readBenchFolder(values.data);
    allScenes = scenes;
    const windows = windowsOf([...train, ...test]);
    const fired = await firedOn(windows);
    const table = acceptanceOf(fired);
    out['judged'] = table;
    print('pattern                traces windows needed   kind       subject    judge');
    for (const row of table)
      print(
        `${row.pattern.padEnd(22)} ${String(row.traces).padStart(6)} ${String(row.windows).padStart(7)} ${row.needed?.toFixed(2) ?? '   -'} ${`${row.kind.accepted}/${row.kind.n}`.padStart(9)} ${`${row.subject.accepted}/${row.subject.n}`.padStart(11)} ${row.judge?.toFixed(2) ?? '-'}`,
      );
    const spoken = new Set(fired.map(({ window }) => window.id));
    print(
      `some pattern speaks in ${spoken.size} of ${windows.length} windows; needed in ${share(windows.filter(({ id }) => spoken.has(id)).map(({ needed }) => needed))?.toFixed(2)}`,
    );
    if (values.show)
      for (const each of fired.filter(({ name }) => name === values.show)) {
        print(
          `\n[${each.window.needed ? 'needed' : '-'}] ${each.window.obs.at(-1)!.event}\n   ${each.proposal.task}\n   ${each.proposal.why}`,
        );
        for (const row of each.window.rows) print(`      ${row.valid ? '+' : '-'} ${row.pred_task}`);
      }
  }
  if (values.data && allScenes.length > 0) {
    const found = await onScenes(allScenes);
    out['scenes'] = found;
    print(`${found.scenes} scenes, ${found.events} events: ${JSON.stringify(found.fired)}`);
    if (values.show) print(found.examples[values.show] ?? '');
  }
  const written = await onWrittenDays(Number(values.seeds));
  out['written'] = written;
  for (const [need, found] of Object.entries(written.hits))
    print(
      `${need.padEnd(42)} ${Object.entries(found)
        .sort((a, b) => b[1] - a[1])
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')}`,
    );
  print(`days without a need (${written.hours.toFixed(0)} h): ${JSON.stringify(written.dull)}`);
  const demo = readFileSync(join(import.meta.dirname, '../../src/assets/demo/day.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
  const day = await onOneDay(demo);
  out['demo'] = {
    ...day,
    said: day.said.map(({ at, proposal }) => ({ at, proposer: proposal.proposer, task: proposal.task })),
  };
  for (const { at, proposal } of day.said)
    print(
      `${new Date(at).toISOString().slice(11, 16)} ${proposal.proposer.padEnd(30)} ${proposal.task} | ${proposal.why}`,
    );
  print(
    `demo day: ${day.said.length} topics in ${day.hours.toFixed(1)} h, ${day.turns} turns, ${day.medianMs.toFixed(2)} ms a turn (median), 95 % within ${day.ms95.toFixed(2)} ms`,
  );
  if (values.json) process.stdout.write(`${JSON.stringify(out)}\n`);
}
