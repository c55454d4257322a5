import type { ResultRow } from '../results.ts';
import { studyBlocks } from '../study/blocks.ts';
import { StudyReport } from '../study/shape.ts';
import type { Block } from './blocks.ts';
import { detectorBlocks, detectorRows, restOf } from './detectors.ts';
import { latencyBlocks } from './latency.ts';
import { skipsBlocks } from './skips.ts';
import { isMembers, unknownBlocks } from './unknown.ts';

/** Members of a result that its first plots are made of, by bench. */
const HEADS = new Map(
  Object.entries({
    need: 'Need',
    proactivebench: 'Protocol',
    reward: 'Reward',
    learning: 'Learning',
    skips: 'Skips',
  }),
);

/** Benches whose results have a shape of their own. */
const OWN = new Map([
  ['latency', latencyBlocks],
  ['skips', skipsBlocks],
]);

/**
 * What a result shows: plots and tables for lists of detectors wherever they stand, the latency figures, and plain folded
 * tables for all the rest, so that nothing is dropped.
 */
export function resultBlocks(row: ResultRow): readonly Block[] {
  const study = row.bench === 'study' ? StudyReport.safeParse(row.result) : null;
  if (study?.success) return studyBlocks(study.data);
  const own = OWN.get(row.bench)?.(row.result) ?? null;
  const shown: Block[] = own ? [...own.blocks] : [];
  const rest: Block[] = [];
  const scalars: Record<string, unknown> = {};
  const head = HEADS.get(row.bench) ?? row.bench;
  for (const [name, value] of Object.entries(own ? own.rest : row.result)) {
    const what = name === 'rows' ? head : `${head}, ${name}`;
    const rows = detectorRows(value);
    if (rows) {
      const blocks = detectorBlocks(rows, what);
      const more = restOf(rows, what);
      // The first list is what the bench is about; others are beside it.
      if (shown.length === 0) shown.push(...blocks);
      else shown.push({ kind: 'folded', title: what, blocks });
      if (more) rest.push(more);
    } else if (Array.isArray(value) || isMembers(value)) rest.push(...unknownBlocks(value, what));
    else scalars[name] = value;
  }
  if (Object.keys(scalars).length > 0) rest.push(...unknownBlocks(scalars, `${head}: single facts`));
  if (rest.length === 0) return shown;
  if (shown.length === 0) return rest;
  return [...shown, { kind: 'folded', title: 'Everything else that this run says', blocks: rest }];
}
