import { describe, expect, it } from 'vitest';
import { type GateWindow, nestedGates } from '../../src/bench/gateFolds.ts';
import { createRandom } from '../../src/bench/random.ts';
import { chooseVariance } from '../../src/bench/reward/annotators.ts';
import { nestedLinear } from '../../src/bench/reward/linear.ts';
import { needsOf } from '../../src/bench/reward/needs.ts';
import { offerFold } from '../../src/bench/reward/offers.ts';
import { SHIPPED_SHAPE } from '../../src/bench/reward/ship.ts';
import { entriesOf, leaveTracesOut } from '../../src/bench/reward/splits.ts';
import type { RewardRow } from '../../src/proactivebench/rows.ts';
import { traceId } from '../../src/proactivebench/windows.ts';
import { row } from './rewardFixture.ts';

const SAID = [
  (topic: string) => `The user searches for '${topic}' on Google.`,
  (topic: string) => `The user opens '${topic}.md' in Mousepad.`,
  (topic: string) => `The user types a long paragraph about ${topic} in the editor.`,
  () => 'The user scrolls the mouse.',
  (topic: string) => `The terminal shows the error '${topic} not found'.`,
];

/** Four made-up days of people who often, not always, want help when they search: labels that move what is learnt. */
function days(): readonly RewardRow[] {
  const random = createRandom(4);
  return ['kelp', 'gull', 'reef', 'dune'].flatMap((topic) => {
    const picked = Array.from({ length: 12 }, () => Math.floor(random() * SAID.length));
    const said = picked.map((kind, at) => SAID[kind]!(`${topic} ${at % 4}`));
    return said.flatMap((_, at) => {
      const events = said.slice(0, at + 1);
      const needed = random() < (picked[at] === 0 ? 0.8 : 0.3);
      const votes = () => [0, 1, 2].map(() => random() < (needed ? 0.7 : 0.3));
      return [
        row(events, null, needed, votes()),
        row(events, `Summarize the ${topic} ${at % 4}`, needed, votes()),
        row(events, 'Help to open another window', needed, votes()),
      ];
    });
  });
}

/** The rows with every human label of one trace turned round. */
function turned(rows: readonly RewardRow[], trace: string): readonly RewardRow[] {
  return rows.map((each) =>
    traceId(each.obs) === trace
      ? {
          ...each,
          valid: !each.valid,
          help_needed: !each.help_needed,
          annotation: each.annotation.map((vote) => !vote),
        }
      : each,
  );
}

const rows = days();
const traces = [...new Set(rows.map(({ obs }) => traceId(obs)))];

describe('what is said of a trace that is left out', () => {
  // One row of each window.
  const silences = rows.filter(({ pred_task: task }) => task === null);
  const windows: readonly GateWindow[] = silences.map(({ obs, help_needed: needed }, at) => ({
    trace: traceId(obs),
    sentences: obs.map(({ event }, n) => ({ time: n * 60_000, event })),
    needed,
    vote: at % 2,
  }));

  it('hangs on neither its labels nor the votes of models there: the gate and its threshold', () => {
    const plain = nestedGates(windows);
    let moved = 0;
    for (const trace of traces) {
      const other = nestedGates(
        windows.map((window) =>
          window.trace === trace ? { ...window, needed: !window.needed, vote: 1 - window.vote! } : window,
        ),
      );
      for (const sources of ['whole', 'plain'] as const) {
        const of = ({ [sources]: held }: typeof plain, mine: boolean) =>
          windows.flatMap((window, at) =>
            (window.trace === trace) === mine ? [[held.probabilities[at], held.decisions[at]]] : [],
          );
        expect(of(other, true)).toEqual(of(plain, true));
        if (JSON.stringify(of(other, false)) !== JSON.stringify(of(plain, false))) moved += 1;
      }
    }
    // The labels do count, for the other traces.
    expect(moved).toBe(2 * traces.length);
  }, 60_000);

  it('hangs on none of its labels: the judge, the score, and the prior of a person’s bias', () => {
    const told = (some: readonly RewardRow[], trace: string) => {
      const { train: entries } = entriesOf(some, []);
      const fold = leaveTracesOut(entries).find(({ name }) => name === trace)!;
      const nested = nestedLinear(SHIPPED_SHAPE)(fold);
      const made = offerFold(fold, nested, needsOf(entries, new Map()));
      return {
        judge: nested.test,
        ridge: nested.ridge,
        weights: made.weights,
        offers: made.test.map(({ need, judgement, score }) => [need, judgement, score]),
        variance: chooseVariance(made, 1),
      };
    };
    for (const trace of traces) {
      expect(told(turned(rows, trace), trace)).toEqual(told(rows, trace));
    }
    const [first, second] = traces;
    // The score weighs need here, so that a need learnt from the trace itself would show.
    expect(told(rows, first!).weights.need).toBeGreaterThan(0);
    expect(told(turned(rows, first!), second!)).not.toEqual(told(rows, second!));
  }, 60_000);
});
