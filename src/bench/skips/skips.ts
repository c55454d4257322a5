import { createGate, type GateWeights } from '../../agent/gate.ts';
import { AppError } from '../../errors.ts';
import type { BenchFolder } from '../../proactivebench/folder.ts';
import { windowsOf } from '../../proactivebench/windows.ts';
import { digestOf } from '../digest.ts';
import { gateDetectors, publishedDetector } from '../need/detectors.ts';
import { matchWindows } from '../need/match.ts';
import type { Detector } from '../need/rows.ts';
import type { BenchRun } from '../run.ts';
import { countDays, type DaySkips, type RecordedDay } from './days.ts';
import { curveOf, pointAt, type Reached, reachedBy, type SkipCurve, type SkipPoint } from './curve.ts';

/** What the project wants: TARGETS.md, F3. */
export const GOALS = { skipped: 0.9, recall: 0.95, loss: 0.02 } as const;

/** A recorded day without its scores, and what other thresholds would skip on it. */
export interface DayRow extends Omit<DaySkips, 'times'> {
  /** At the threshold at which the held-out gate still finds 95 % of the needed windows; null where none was found. */
  readonly skippedAtRecall: number | null;
}

/** All that `bench skips` says. */
export interface SkipsResult extends Record<string, unknown> {
  readonly threshold: number;
  readonly curves: readonly (SkipCurve & { readonly reached: Reached; readonly atThreshold: SkipPoint })[];
  /** Threshold of the first held-out gate at which it finds 95 % of the needed windows. */
  readonly recallThreshold: number | null;
  readonly days: readonly DayRow[];
  /** Over all days: turns, turns that asked, share skipped. */
  readonly allDays: { readonly turns: number; readonly asked: number; readonly skipped: number };
  readonly goals: typeof GOALS;
  readonly digests: { readonly data: string; readonly gate: string };
}

/**
 * How many of a naive agent's model calls the gate saves, and what that costs: on judged windows by a sweep of the
 * threshold, and on recorded days at the dial's default. Null when interrupted.
 */
export async function benchSkips(
  run: BenchRun,
  options: {
    readonly folder: BenchFolder;
    readonly weights: GateWeights;
    readonly threshold: number;
    readonly days: readonly RecordedDay[];
  },
): Promise<SkipsResult | null> {
  const { folder, weights, threshold } = options;
  const windows = windowsOf([...folder.train, ...folder.test]);
  if (windows.length === 0) {
    throw new AppError(
      'bad-input',
      '[bench] the folder holds no reward_data, and need is measured on its help_needed: add train_data.jsonl or test_data.jsonl',
    );
  }
  const gate = createGate(weights);
  const models = [...folder.models]
    .map(([name, traces]) => publishedDetector(name, matchWindows(windows, traces), { noneIsSilence: true }))
    .filter((detector) => detector.moments.length > 0);
  const always: Detector = {
    name: 'always',
    kind: 'baseline',
    moments: windows.map(({ id, trace, needed }) => ({ id, trace, needed, proposed: true })),
  };
  const curves = gateDetectors(windows, gate, threshold, weights.card.trainedOn, folder.models).map(
    (detector) => {
      const curve = curveOf(detector, [always, ...models]);
      return {
        ...curve,
        reached: reachedBy(curve, GOALS),
        atThreshold: pointAt(detector.moments, threshold, [always, ...models]),
      };
    },
  );
  const held = curves.find((curve) => curve.heldOut) ?? curves[0];
  const fitting = held?.points.filter(({ recall }) => recall >= GOALS.recall).map((point) => point.threshold);
  const recallThreshold = fitting && fitting.length > 0 ? Math.max(...fitting) : null;
  const counted = await countDays(run, options.days, { gate, threshold });
  if (!counted) return null;
  const sum = (of: (day: DaySkips) => number) => counted.reduce((total, day) => total + of(day), 0);
  const [turns, asked] = [sum((day) => day.turns), sum((day) => day.asked)];
  return {
    threshold,
    curves,
    recallThreshold,
    days: counted.map(({ times, ...day }) => ({
      ...day,
      skippedAtRecall:
        recallThreshold === null || times.length === 0
          ? null
          : times.filter(({ need }) => need < recallThreshold).length / times.length,
    })),
    allDays: { turns, asked, skipped: turns === 0 ? 0 : 1 - asked / turns },
    goals: GOALS,
    digests: { data: folder.digest, gate: digestOf(weights) },
  };
}
