import type { Gate } from '../../model/agent.ts';
import type { Settings } from '../../model/settings.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import type { RecordedDay } from '../skips/days.ts';
import { replayDay, type Delivery } from './day.ts';

/** What the issue asks for: the share of deliveries at a boundary. */
const GOAL = 0.9;

/** How the suggestions of some days came onto the screen. Shares are of 1; delays in seconds; null where none was shown. */
export interface TimingFigures {
  readonly name: string;
  readonly days: number;
  readonly offered: number;
  readonly shown: number;
  readonly atBoundary: number | null;
  readonly amidTyping: number;
  /** Keys came within two seconds of the card. */
  readonly wentOn: number | null;
  /** Shown after its reason had gone. */
  readonly late: number;
  readonly expired: number;
  readonly delays: { readonly median: number; readonly p90: number; readonly most: number } | null;
  readonly by: Readonly<Record<string, number>>;
}

/** Figures by group of days and over all. */
export interface TimingResult extends Record<string, unknown> {
  readonly groups: readonly TimingFigures[];
  readonly all: TimingFigures;
  readonly goal: number;
}

/** Replays days in order; `group` names the figures that a day counts in. Null when interrupted. */
export async function benchTiming(
  run: BenchRun,
  options: {
    readonly days: readonly (RecordedDay & { readonly group: string })[];
    readonly gate: Gate;
    readonly settings: Settings;
    readonly threshold: number;
  },
): Promise<TimingResult | null> {
  const done = await eachInTurn(
    run,
    'Replaying days',
    (n) => `${n} days`,
    options.days,
    async (day) => ({
      group: day.group,
      deliveries: await replayDay(day, { ...options, signal: run.signal }),
    }),
  );
  if (!done || run.signal.aborted) return null;
  const names = [...new Set(done.map(({ group }) => group))];
  return {
    groups: names.map((name) =>
      figuresOf(
        name,
        done.filter(({ group }) => group === name),
      ),
    ),
    all: figuresOf('all', done),
    goal: GOAL,
  };
}

function figuresOf(
  name: string,
  days: readonly { readonly deliveries: readonly Delivery[] }[],
): TimingFigures {
  const all = days.flatMap(({ deliveries }) => deliveries);
  const shown = all.filter((each): each is Delivery & { delay: number } => each.delay !== null);
  const delays = shown.map(({ delay }) => delay / 1000).toSorted((a, b) => a - b);
  const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))]!;
  const share = (is: (each: Delivery) => boolean) =>
    shown.length === 0 ? null : shown.filter(is).length / shown.length;
  const by: Record<string, number> = {};
  for (const { by: kind = 'unknown' } of shown) by[kind] = (by[kind] ?? 0) + 1;
  return {
    name,
    days: days.length,
    offered: all.length,
    shown: shown.length,
    atBoundary: share((each) => each.atBoundary),
    amidTyping: shown.filter((each) => each.amidTyping).length,
    wentOn: share((each) => each.wentOn),
    late: shown.filter((each) => each.delay > each.lifetime).length,
    expired: all.length - shown.length,
    delays: delays.length === 0 ? null : { median: at(0.5), p90: at(0.9), most: delays.at(-1)! },
    by,
  };
}
