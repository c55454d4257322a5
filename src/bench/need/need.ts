import { setImmediate } from 'node:timers/promises';
import type { PromptFile } from '../../agent/prompt.ts';
import { createGate, type GateWeights } from '../../agent/gate.ts';
import { AppError } from '../../errors.ts';
import type { BenchFolder } from '../../proactivebench/folder.ts';
import { type JudgedWindow, windowsOf } from '../../proactivebench/windows.ts';
import { digestOf } from '../digest.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import { type Asked, askModel } from './ask.ts';
import { type AtRateOf, atRateOf } from './atRate.ts';
import { askedDetectors, baselines, gateDetectors, publishedDetector } from './detectors.ts';
import { matchWindows } from './match.ts';
import { type Lacking, lackingOf, matchedBy, type NoneAnswers, noneAnswers } from './notes.ts';
import { type Detector, type NeedRow, needRow } from './rows.ts';

/** Draws of an interval. */
const ROUNDS = 2000;

/** What is measured, with what; nothing is read from the environment. */
export interface NeedOptions {
  readonly folder: BenchFolder;
  readonly weights: GateWeights;
  /** P(help) from which the shipped gate proposes. */
  readonly threshold: number;
  readonly prompt: PromptFile;
  readonly asked: readonly Asked[];
  readonly rounds?: number;
}

/** A model that was asked here, and how many of its replies could not be read or came too late: these are silence. */
export interface Told {
  readonly name: string;
  readonly digest: string;
  readonly unread: number;
  readonly timedOut: number;
}

/** All that `bench need` says. */
export interface NeedResult extends Record<string, unknown> {
  readonly rows: readonly NeedRow[];
  /** The same detectors on the windows for which every model has a step; absent where those are all windows. */
  readonly common?: readonly NeedRow[];
  readonly atRateOf: readonly AtRateOf[];
  readonly unmatched: {
    readonly counts: Readonly<Record<string, number>>;
    readonly lists: readonly Lacking[];
  };
  /** How matches were made, over all models: by the text alone, or where that was not enough, by time or sentences. */
  readonly matchedBy: Readonly<Record<'text' | 'time' | 'sentences', number>>;
  readonly none: readonly NoneAnswers[];
  readonly asked: readonly Told[];
  readonly windows: number;
  readonly needed: number;
  readonly traces: number;
  readonly threshold: number;
  readonly seed: number;
  readonly rounds: number;
  readonly digests: { readonly data: string; readonly gate: string; readonly prompt: string };
  readonly oddities: number;
}

/**
 * Does a detector want to help when people wanted help? Every detector against `help_needed` of the distinct windows.
 * Null when interrupted; rejects with `bad-input` for a folder without reward data, otherwise as `askModel` does.
 */
export async function benchNeed(run: BenchRun, options: NeedOptions): Promise<NeedResult | null> {
  const { folder, weights, threshold, prompt } = options;
  const drawing = { seed: run.seed, rounds: options.rounds ?? ROUNDS };
  const windows = inOrder(windowsOf([...folder.train, ...folder.test]));
  if (windows.length === 0) {
    throw new AppError(
      'bad-input',
      '[bench] the folder holds no reward_data, and need is measured on its help_needed: add train_data.jsonl or test_data.jsonl',
    );
  }
  const matchings = new Map(
    [...folder.models].map(([name, traces]) => [name, matchWindows(windows, traces)] as const),
  );
  const published = [...matchings]
    .map(([name, matching]) => publishedDetector(name, matching))
    .filter((detector) => detector.moments.length > 0);
  const gate = createGate(weights);
  const gates = gateDetectors(windows, gate, threshold, weights.card.trainedOn, folder.models);
  const models: Detector[] = [];
  const told: Told[] = [];
  for (const asked of options.asked) {
    const answers = await askModel(run, windows, asked, { prompt, gate });
    if (!answers) return null;
    const name = folder.models.has(asked.name) ? `${asked.name} (asked here)` : asked.name;
    const whole = gates.filter((each) => !each.name.includes('default sources'));
    models.push(...askedDetectors(windows, name, answers, whole));
    const all = [...answers.values()];
    told.push({
      name,
      digest: asked.llm.info().digest,
      unread: all.filter((answer) => !answer.read).length,
      timedOut: all.filter((answer) => answer.timedOut).length,
    });
  }
  const detectors = [...baselines(windows), ...published, ...gates, ...models];
  const shared = sharedIds(published);
  const work = [...detectors, ...(shared ? detectors.map((detector) => within(detector, shared)) : [])];
  const rows = await drawn(run, 'Drawing intervals', work, (detector) => needRow(detector, drawing));
  const rates = await drawn(run, 'Comparing at equal rates', published, (model) =>
    atRateOf(model, gates, drawing),
  );
  if (!rows || !rates) return null;
  return {
    rows: rows.slice(0, detectors.length),
    ...(shared && { common: rows.slice(detectors.length) }),
    atRateOf: rates,
    unmatched: {
      counts: Object.fromEntries([...matchings].map(([name, { unmatched }]) => [name, unmatched.length])),
      lists: lackingOf(matchings),
    },
    matchedBy: matchedBy([...matchings.values()]),
    none: noneAnswers(folder.models, matchings, drawing),
    asked: told,
    windows: windows.length,
    needed: windows.filter((window) => window.needed).length,
    traces: new Set(windows.map((window) => window.trace)).size,
    threshold,
    seed: drawing.seed,
    rounds: drawing.rounds,
    digests: { data: folder.digest, gate: digestOf(weights), prompt: digestOf(prompt) },
    oddities: folder.oddities.reduce((sum, each) => sum + each.count, 0),
  };
}

/** Computes rows one by one, so that Ctrl-C is heard in between. */
function drawn<T>(run: BenchRun, title: string, work: readonly Detector[], row: (detector: Detector) => T) {
  return eachInTurn(
    run,
    title,
    (n) => `${n} rows`,
    work,
    async (detector) => {
      await setImmediate();
      return row(detector);
    },
  );
}

/** Windows by trace and, within one, by length. */
function inOrder(windows: readonly JudgedWindow[]): readonly JudgedWindow[] {
  return [...Map.groupBy(windows, (window) => window.trace).values()].flatMap((mine) =>
    mine.toSorted((a, b) => a.obs.length - b.obs.length),
  );
}

/** Ids of the windows that every published model was judged on; null where that is each one's own windows already. */
function sharedIds(published: readonly Detector[]): ReadonlySet<string> | null {
  const [first, ...others] = published.map((each) => new Set(each.moments.map((moment) => moment.id)));
  if (!first) return null;
  const shared = new Set([...first].filter((id) => others.every((each) => each.has(id))));
  return published.every((each) => each.moments.length === shared.size) ? null : shared;
}

function within(detector: Detector, ids: ReadonlySet<string>): Detector {
  return { ...detector, moments: detector.moments.filter((moment) => ids.has(moment.id)) };
}
