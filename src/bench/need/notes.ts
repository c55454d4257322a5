import type { Trace } from '../../proactivebench/folder.ts';
import { publishedDetector, saysNone } from './detectors.ts';
import type { Match, Matching, Unmatched } from './match.ts';
import { type Drawing, type NeedRow, needRow } from './rows.ts';

/** Windows that a group of models has no step for; the models of a group lack the same ones. */
export interface Lacking {
  readonly models: readonly string[];
  readonly windows: readonly LackedWindow[];
}

/** A window without its words: its id, how many observations it holds and the time of the last one, as written. */
export interface LackedWindow {
  readonly window: string;
  readonly length: number;
  readonly time: string | number;
  readonly why: Unmatched['why'];
}

/** What the word "None" alone does to a model's row, where it stands in its traces. */
export interface NoneAnswers {
  readonly name: string;
  /** In all its steps, and in the steps that stand for windows. */
  readonly responses: number;
  readonly judged: number;
  /** The row if it counted as silence. */
  readonly otherwise: NeedRow;
}

/** What each model lacks, models with the same list together. */
export function lackingOf(matchings: ReadonlyMap<string, Matching>): readonly Lacking[] {
  const lists = [...matchings].flatMap(([model, { unmatched }]) =>
    unmatched.length === 0
      ? []
      : [
          {
            model,
            windows: unmatched.map(({ window: { id, obs }, why }): LackedWindow => ({
              window: id,
              length: obs.length,
              time: obs.at(-1)!.time,
              why,
            })),
          },
        ],
  );
  return [...Map.groupBy(lists, (each) => JSON.stringify(each.windows)).values()].map((alike) => ({
    models: alike.map((each) => each.model),
    windows: alike[0]!.windows,
  }));
}

/** How many matches each kind of evidence decided. */
export function matchedBy(matchings: Iterable<Matching>): Readonly<Record<Match['by'], number>> {
  const count = { text: 0, time: 0, sentences: 0 };
  for (const { matched } of matchings) for (const { by } of matched) count[by] += 1;
  return count;
}

/** The models that answered "None" somewhere, with the row that they would have if it were silence. */
export function noneAnswers(
  models: ReadonlyMap<string, readonly Trace[]>,
  matchings: ReadonlyMap<string, Matching>,
  drawing: Drawing,
): readonly NoneAnswers[] {
  return [...models].flatMap(([name, traces]) => {
    const steps = traces.flatMap((trace) => trace.steps).filter((step) => saysNone(step.agent_response));
    const matching = matchings.get(name);
    if (steps.length === 0 || !matching || matching.matched.length === 0) return [];
    return [
      {
        name,
        responses: steps.length,
        judged: matching.matched.filter((match) => saysNone(match.response)).length,
        otherwise: needRow(publishedDetector(name, matching, { noneIsSilence: true }), drawing),
      },
    ];
  });
}
