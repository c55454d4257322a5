import type { Agreement, AgreementRow, ReferenceRow } from '../model/annotation.ts';
import {
  alpha,
  cohenPairs,
  fleiss,
  majorityShare,
  meanOf,
  pairable,
  pairwiseShare,
  type Unit,
} from './agreement.ts';
import { helpNeeded, majority } from './convert.ts';
import type { Pool } from './pool.ts';

/** Figures of ProactiveBench's own annotators over all sixteen traces; `test/bench/annotation.ts` counts the eleven public ones. */
export const REFERENCES: readonly ReferenceRow[] = [
  {
    name: 'released test split',
    verdict: 0.9167,
    why: 'Not a target: this split was filled with rows on which everybody agreed first, so it is far above what people reach on all rows.',
  },
  {
    name: 'all released votes',
    verdict: 0.78,
    why: 'The fair comparison: every released vote, unanimous or not, and so about the ceiling for any judge.',
  },
];

/** A thing voted on, and the verdict that the conversion writes for it. */
interface Voted {
  readonly unit: Unit;
  readonly verdict: string;
}

const vote = (yes: boolean) => (yes ? 'yes' : 'no');

/**
 * How far annotators agree, over three kinds of votes: `candidates` (take this task or not), `help` (take anything at
 * all or reject all) and `all` (each candidate and "reject all", as the released votes count them).
 */
export function agreementOf({ pooled, leftOut }: Pool): Agreement {
  const annotators = [...new Set(pooled.flatMap((each) => each.annotators))].toSorted();
  const candidates: Voted[] = [];
  const silence: Voted[] = [];
  const help: Voted[] = [];
  for (const each of pooled) {
    const places = annotators.map((name) => each.annotators.indexOf(name));
    each.trace.events.forEach((event, at) => {
      if (event.candidates.length === 0) return;
      const takes = places.map((place) => each.answers[at]?.[place] ?? null);
      const given = takes.filter((take) => take !== null);
      event.candidates.forEach((_, candidate) => {
        const unit = takes.map((take) => (take === null ? null : vote(take.includes(candidate))));
        const right = majority(given.map((take) => take.includes(candidate))) ?? false;
        candidates.push({ unit, verdict: vote(right) });
      });
      const none = takes.map((take) => (take === null ? null : vote(take.length === 0)));
      silence.push({ unit: none, verdict: vote(!helpNeeded(given, event.candidates.length)) });
      const any = takes.map((take) => (take === null ? null : vote(take.length > 0)));
      help.push({ unit: any, verdict: vote(majority(given.map((take) => take.length > 0)) ?? false) });
    });
  }
  const units = candidates.map((each) => each.unit);
  return {
    annotators,
    traces: pooled.length,
    leftOut: [...leftOut],
    rows: [
      rowOf('all', [...candidates, ...silence], annotators.length),
      rowOf('candidates', candidates, annotators.length),
      rowOf('help', help, annotators.length),
    ],
    pairs: cohenPairs(units, annotators.length).map(({ a, b, kappa }) => {
      const both = units.map((unit) => [unit[a] ?? null, unit[b] ?? null]);
      return {
        a: annotators[a]!,
        b: annotators[b]!,
        units: pairable(both).length,
        agree: pairwiseShare(both),
        kappa,
      };
    }),
    references: [...REFERENCES],
  };
}

function rowOf(name: AgreementRow['name'], voted: readonly Voted[], annotators: number): AgreementRow {
  const units = voted.map((each) => each.unit);
  const counted = voted.filter(({ unit }) => pairable([unit]).length > 0);
  const votes = counted.flatMap(({ unit, verdict }) =>
    unit.filter((each) => each !== null).map((each) => each === verdict),
  );
  const whole = fleiss(units);
  return {
    name,
    units: counted.length,
    votes: votes.length,
    verdict: votes.length === 0 ? null : votes.filter(Boolean).length / votes.length,
    majority: majorityShare(units),
    pairwise: pairwiseShare(units),
    cohen: meanOf(cohenPairs(units, annotators).map((pair) => pair.kappa)),
    fleiss: whole.kappa,
    fleissUnits: whole.units,
    alpha: alpha(units),
  };
}
