import { traceBootstrap } from '../bootstrap.ts';
import { summed, type Pooled } from './pool.ts';
import {
  FIGURES,
  type ArmCounts,
  type ArmRow,
  type DifferenceRow,
  type Figure,
  type Measured,
} from './shape.ts';

/** Fewer participants than this behind a figure say nothing about others: of one, every draw would be the same. */
const LEAST = 3;
const HOUR = 3_600_000;

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/** The figures of one arm; `told` answers alone say anything about need. */
export function figuresOf(counts: ArmCounts): Readonly<Record<Figure, number | null>> {
  const seen = counts.accepted + counts.rejected + counts.ignored;
  return {
    accept: share(counts.accepted, seen),
    reject: share(counts.rejected, seen),
    ignore: share(counts.ignored, seen),
    need: share(counts.needed, counts.told),
    proposalsPerHour: share(counts.proposals, counts.active / HOUR),
    missedPerHour: share(counts.missed, counts.active / HOUR),
  };
}

const scaleMeans = ({ scales }: ArmCounts) =>
  Object.fromEntries(
    Object.entries(scales).map(([question, { sum, count }]) => [question, share(sum, count)]),
  );

/**
 * Rows by arm and differences from the first arm, over participants. Rates are pooled: all rows of an arm count the
 * same. Intervals are 95 % of a percentile bootstrap that draws whole participants, so that a difference within a
 * participant stays within; the same seed gives the same intervals. A figure has one where enough participants have that
 * figure, a difference where enough have it in each of the two arms, be they the same people or not.
 */
export function figuresByArm(
  pooled: readonly Pooled[],
  arms: readonly string[],
  options: { readonly seed: number; readonly rounds?: number },
): { readonly rows: ArmRow[]; readonly differences: DifferenceRow[] } {
  const named = (sample: readonly Pooled[]): Record<string, number | null> => {
    const all: Record<string, number | null> = {};
    const [first] = arms;
    let base: Readonly<Record<string, number | null>> = {};
    for (const arm of arms) {
      const counts = countsOf(sample, arm);
      const values = { ...prefixed('', figuresOf(counts)), ...prefixed('scale ', scaleMeans(counts)) };
      if (arm === first) base = values;
      for (const [name, value] of Object.entries(values)) {
        all[`${arm} ${name}`] = value;
        const from = base[name] ?? null;
        if (arm !== first) all[`${arm} less ${name}`] = value === null || from === null ? null : value - from;
      }
    }
    return all;
  };
  const values = named(pooled);
  const alone = [...Map.groupBy(pooled, (each) => each.trace).values()].map(named);
  const enough = (name: string) => alone.filter((own) => (own[name] ?? null) !== null).length >= LEAST;
  const intervals = alone.length >= LEAST ? traceBootstrap(pooled, named, options) : {};
  const measured = (arm: string, name: string): Measured => ({
    value: values[`${arm} ${name}`] ?? null,
    ci: enough(`${arm} ${name}`) ? (intervals[`${arm} ${name}`] ?? null) : null,
  });
  const less = (arm: string, name: string): Measured => {
    const full = `${arm} less ${name}`;
    const both = enough(`${arm} ${name}`) && enough(`${arms[0]} ${name}`);
    return { value: values[full] ?? null, ci: both ? (intervals[full] ?? null) : null };
  };
  const questions = [
    ...new Set(pooled.flatMap((each) => Object.values(each.arms).flatMap((arm) => Object.keys(arm.scales)))),
  ];
  const row = (figure: (name: string) => Measured) => ({
    figures: Object.fromEntries(FIGURES.map((name) => [name, figure(name)])) as Record<Figure, Measured>,
    scales: Object.fromEntries(questions.map((name) => [name, figure(`scale ${name}`)])),
  });
  return {
    rows: arms.map((arm) => {
      const counts = countsOf(pooled, arm);
      const took = pooled.filter((each) => (each.arms[arm]?.turns ?? 0) > 0).map((each) => each.trace);
      return {
        arm,
        participants: new Set(took).size,
        hours: counts.active / HOUR,
        counts,
        ...row((name) => measured(arm, name)),
      };
    }),
    differences: arms.slice(1).map((arm) => ({ arm, from: arms[0]!, ...row((name) => less(arm, name)) })),
  };
}

function prefixed(prefix: string, values: Readonly<Record<string, number | null>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

function countsOf(sample: readonly Pooled[], arm: string): ArmCounts {
  return summed(sample.flatMap((each) => each.arms[arm] ?? []));
}
