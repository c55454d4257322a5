import { LEAST_TRACES } from '../../bench/need/detectors.ts';
import type { NeedResult } from '../../bench/need/need.ts';
import type { NeedRow } from '../../bench/need/rows.ts';
import { table } from '../output.ts';

const NONE = '-';

/** The result of `bench need` for a person. `words` holds the last observation of each window by its id. */
export function linesOfNeed(need: NeedResult, words: ReadonlyMap<string, string>): readonly string[] {
  const { rows, common } = need;
  const notes = [...new Set(rows.flatMap((row) => row.note ?? []))];
  const mark = (row: NeedRow) => (row.note ? `${row.name} [${notes.indexOf(row.note) + 1}]` : row.name);
  return [
    `${need.windows} windows of ${need.traces} traces, help needed in ${percent(need.needed / need.windows)}; 95 % intervals over traces, seed ${need.seed}.`,
    '"less always" is F1 less that of always proposing on the same windows: rows over other windows compare by it alone.',
    '',
    ...pooled(rows, mark),
    ...notes.map((note, at) => `[${at + 1}] ${note}`),
    ...(need.traces < LEAST_TRACES
      ? [
          `With fewer than ${LEAST_TRACES} traces none can be left out: the rows "(leave-traces-out)" are absent.`,
        ]
      : []),
    '',
    'Rest of the figures',
    ...rest(rows, mark),
    '',
    'What was said, and how often it was so',
    ...reliability(rows),
    '',
    'Mean of traces',
    ...means(rows, mark),
    ...(common ? ['', 'On the windows that every published model has', ...pooled(common, mark)] : []),
    '',
    need.traces < LEAST_TRACES
      ? "The gate as shipped at each model's own proposal rate, on that model's windows"
      : "The gate at each model's own proposal rate, on that model's windows (leave-traces-out)",
    ...atRate(need),
    ...need.none.map(
      ({ name, responses, judged, otherwise: row }) =>
        `${name} says "None" ${responses} times, ${judged} of them judged; counted as silence: precision ${share(row.precision)}, recall ${share(row.recall)}, F1 ${share(row.f1)}.`,
    ),
    '',
    `Windows were matched by the text of the last observation ${need.matchedBy.text} times; where that stands several times, by time ${need.matchedBy.time} and by the sentences before ${need.matchedBy.sentences} times.`,
    ...need.unmatched.lists.flatMap(({ models, windows }) => [
      '',
      `${windows.length} windows are not in ${models.join(', ')}:`,
      ...table(
        windows.map((each) => [
          each.window,
          String(each.length),
          String(each.time),
          each.why,
          words.get(each.window) ?? '',
        ]),
      ),
    ]),
    ...need.asked.flatMap(({ name, unread, timedOut }) =>
      unread + timedOut > 0
        ? [`${name}: ${unread} replies could not be read and ${timedOut} timed out; they count as silence.`]
        : [],
    ),
    ...(need.oddities > 0 ? [`${need.oddities} oddities in the data: see beforehand bench data`] : []),
  ];
}

type Mark = (row: NeedRow) => string;

function pooled(rows: readonly NeedRow[], mark: Mark): readonly string[] {
  return table([
    ['', 'windows', 'precision', '', 'recall', '', 'F1', '', 'less always', '', 'AUC', ''],
    ...rows.map((row) => [
      mark(row),
      String(row.windows),
      ...withRange(row.precision, row.ci['precision']),
      ...withRange(row.recall, row.ci['recall']),
      ...withRange(row.f1, row.ci['f1']),
      ...withRange(row.f1MinusAlways, row.ci['f1MinusAlways']),
      ...withRange(row.auc, row.ci['auc']),
    ]),
  ]);
}

function rest(rows: readonly NeedRow[], mark: Mark): readonly string[] {
  return table([
    [
      '',
      'accuracy',
      'False-Alarm',
      'FP rate',
      'proposal rate',
      'CD',
      'FA',
      'MN',
      'NR',
      'Brier',
      'skill',
      'ECE',
      'precision at 20 %',
      '',
    ],
    ...rows.map((row) => [
      mark(row),
      ...[row.accuracy, row.falseAlarm, row.falsePositiveRate, row.proposalRate].map(share),
      ...[row.cd, row.fa, row.mn, row.nr].map(String),
      share(row.brier),
      share(row.brierSkill),
      share(row.ece),
      ...withRange(row.precisionAt20, row.ci['precisionAt20']),
    ]),
  ]);
}

/** Each row's bins of probability: windows, the mean that was said and the share that was needed. */
function reliability(rows: readonly NeedRow[]): readonly string[] {
  return table([
    ['', 'P(need)', 'windows', 'said', 'needed'],
    ...rows.flatMap((row) =>
      (row.reliability ?? []).map((bin, at) => [
        at === 0 ? row.name : '',
        `${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}`,
        String(bin.windows),
        bin.said.toFixed(2),
        bin.needed.toFixed(2),
      ]),
    ),
  ]);
}

function means(rows: readonly NeedRow[], mark: Mark): readonly string[] {
  return table([
    ['', 'traces', 'precision', '', 'recall', '', 'F1', '', 'accuracy', '', 'AUC', ''],
    ...rows.map((row) => [
      mark(row),
      String(row.traces),
      ...(['precision', 'recall', 'f1', 'accuracy', 'auc'] as const).flatMap((name) =>
        withRange(row.means[name], row.means.ci[name]),
      ),
    ]),
  ]);
}

function atRate(need: NeedResult): readonly string[] {
  return table([
    ['', 'rate', 'precision', 'F1', 'by', 'precision', 'difference', '', 'F1', 'difference', ''],
    ...need.atRateOf.flatMap((row) =>
      row.gates
        .filter((gate) => need.traces < LEAST_TRACES || gate.name.includes('leave-traces-out'))
        .map((gate) => [
          row.model,
          share(row.proposalRate),
          share(row.precision),
          share(row.f1),
          gate.name.replace(' (leave-traces-out)', ''),
          share(gate.precision),
          ...withRange(gate.precisionDifference, gate.ci['precisionDifference']),
          share(gate.f1),
          ...withRange(gate.f1Difference, gate.ci['f1Difference']),
        ]),
    ),
  ]);
}

function withRange(value: number | null, range: readonly [number, number] | undefined): readonly string[] {
  return [share(value), value === null || !range ? '' : `${share(range[0])}..${share(range[1])}`];
}

function share(value: number | null): string {
  return value === null ? NONE : value.toFixed(3);
}

function percent(value: number): string {
  return `${Math.round(100 * value)} %`;
}
