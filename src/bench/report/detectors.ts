import { z } from 'zod';
import type { Block, Cell, Column, Origin, Ranged } from './blocks.ts';
import { tableOf } from './unknown.ts';

const Fraction = z.number().min(0).max(1);
/** Marks that one plot can hold and a reader can tell apart. */
const MOST = 60;

/** A row that says how well something detects: a name with precision, recall and F1, whatever else it has. */
export const DetectorRow = z.looseObject({
  name: z.string(),
  kind: z.string().optional().catch(undefined),
  split: z.string().optional().catch(undefined),
  judge: z.string().optional().catch(undefined),
  category: z.string().optional().catch(undefined),
  counting: z.string().optional().catch(undefined),
  precision: Fraction,
  recall: Fraction,
  f1: Fraction,
  accuracy: Fraction.nullish().catch(null),
  auc: Fraction.nullish().catch(null),
  proposalRate: Fraction.nullish().catch(null),
  cd: z.number().nonnegative().optional().catch(undefined),
  fa: z.number().nonnegative().optional().catch(undefined),
  mn: z.number().nonnegative().optional().catch(undefined),
  nr: z.number().nonnegative().optional().catch(undefined),
  ci: z.record(z.string(), z.unknown()).optional().catch(undefined),
  heldOut: z.boolean().optional().catch(undefined),
  note: z.string().max(500).optional().catch(undefined),
});
export type DetectorRow = z.infer<typeof DetectorRow>;

const FRACTIONS = [
  'precision',
  'recall',
  'f1',
  'accuracy',
  'falseAlarm',
  'falsePositiveRate',
  'auc',
  'proposalRate',
  'f1MinusAlways',
  'brier',
  'brierSkill',
  'ece',
  'precisionAt20',
];
const HEADS: Readonly<Record<string, string>> = {
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  accuracy: 'Accuracy',
  falseAlarm: 'False-Alarm',
  falsePositiveRate: 'False-positive rate',
  auc: 'AUC',
  proposalRate: 'Proposal rate',
  f1MinusAlways: 'F1 less always',
  brier: 'Brier',
  brierSkill: 'Brier skill',
  ece: 'ECE',
  precisionAt20: 'Precision at 20 %',
  cd: 'CD',
  fa: 'FA',
  mn: 'MN',
  nr: 'NR',
  windows: 'Windows',
  entries: 'Entries',
  traces: 'Traces',
  split: 'Split',
  judge: 'Judge',
  category: 'Category',
  counting: 'Counting',
};
/** What tells rows of one name apart: rows that differ in one of these do not compare, and share no plot. */
const APART = ['split', 'judge', 'category', 'counting'] as const;

/** Rows of detectors, or null where some row is none. */
export function detectorRows(value: unknown): readonly DetectorRow[] | null {
  const rows = z.array(DetectorRow).min(1).safeParse(value);
  return rows.success ? rows.data : null;
}

/**
 * Plots and table of detectors that were judged on the same data. `what` begins each caption. A plot whose figure no row
 * has is left out. Each split and each judge gets its own plots, of the first category and counting that it has; the table
 * holds all.
 */
export function detectorBlocks(given: readonly DetectorRow[], what: string): readonly Block[] {
  // A figure is read without its table: that a row is not held out stands at its name.
  const rows = given.map((row) => (row.heldOut === false ? { ...row, name: `${row.name} *` } : row));
  const fitted = given.filter((row) => row.heldOut === false);
  const told: readonly Block[] = [...Map.groupBy(fitted, (row) => row.note ?? 'fitted on this data')].map(
    ([note, mine]) => ({
      kind: 'text',
      text: `* ${mine.map((row) => row.name).join('; ')}: ${note}`,
    }),
  );
  const groups = [...Map.groupBy(rows, (row) => JSON.stringify(APART.map((name) => row[name]))).values()];
  const plotted = [...Map.groupBy(groups, ([row]) => JSON.stringify([row!.split, row!.judge])).values()].map(
    ([first]) => first!,
  );
  const plots = plotted.flatMap((mine) => plotsOf(mine, [what, ...partsOf(mine[0]!)].join(', ')));
  const note: readonly Block[] =
    plotted.length < groups.length
      ? [
          {
            kind: 'text',
            text: `Rows of ${groups.length} kinds, told apart by ${APART.filter((name) => rows.some((row) => row[name] !== undefined)).join(', ')}; the plots show ${plotted.length} of them, as their captions say, and the table all.`,
          },
        ]
      : [];
  return [...told, ...note, ...plots, detectorTable(rows, what)];
}

function partsOf({ split, judge, category, counting }: DetectorRow): readonly string[] {
  return [
    ...(split === undefined ? [] : [`${split} split`]),
    ...(judge === undefined ? [] : [`judge ${judge}`]),
    ...(category === undefined ? [] : [category]),
    ...(counting === undefined ? [] : [`counted by ${counting}`]),
  ];
}

function plotsOf(all: readonly DetectorRow[], what: string): readonly Block[] {
  const rows = all.slice(0, MOST);
  const blocks: Block[] = [];
  const judged = all.map((row) => row['windows']).filter((count) => typeof count === 'number');
  if (new Set(judged).size > 1) {
    const [least, most] = [Math.min(...judged), Math.max(...judged)];
    blocks.push({
      kind: 'text',
      text: `These rows were judged on ${least} to ${most} windows: where the numbers differ, the figures are of different moments and do not compare directly.`,
    });
  }
  if (rows.length < all.length)
    blocks.push({
      kind: 'text',
      text: `The plots hold the first ${MOST} of ${all.length} rows; the table has all.`,
    });
  blocks.push(
    {
      kind: 'scatter',
      caption: `${what}: precision against recall, with lines of equal F1`,
      x: 'Recall',
      y: 'Precision',
      contours: true,
      points: rows.map((row) => ({ name: row.name, x: row.recall, y: row.precision, origin: originOf(row) })),
    },
    barsOf(
      rows,
      'f1',
      `${what}: F1${rows.some((row) => intervalOf(row, 'f1')) ? ' with its 95 % interval' : ''}`,
      'F1',
    ),
  );
  const rated = rows.filter((row) => typeof row.proposalRate === 'number');
  if (rated.length > 1) {
    blocks.push({
      kind: 'scatter',
      caption: `${what}: how often it proposes against how often that is right`,
      x: 'Proposal rate',
      y: 'Precision',
      contours: false,
      points: rated.map((row) => ({
        name: row.name,
        x: row.proposalRate!,
        y: row.precision,
        origin: originOf(row),
      })),
    });
  }
  const scored = rows.filter((row) => typeof row.auc === 'number');
  if (scored.length > 0) {
    blocks.push({
      ...barsOf(scored, 'auc', `${what}: AUC, for rows with a score`, 'AUC'),
      reference: { value: 0.5, label: '0.5: chance' },
    });
  }
  const counted = rows.filter((row) =>
    [row.cd, row.fa, row.mn, row.nr].every((count) => count !== undefined),
  );
  if (counted.length > 0) {
    blocks.push({
      kind: 'confusion',
      caption: `${what}: counts of need and proposal`,
      items: counted.map((row) => ({ name: row.name, cd: row.cd!, fa: row.fa!, mn: row.mn!, nr: row.nr! })),
    });
  }
  return blocks;
}

type Figure = 'f1' | 'auc' | 'accuracy';

function barsOf(rows: readonly DetectorRow[], figure: Figure, caption: string, axis: string) {
  const items = rows.map((row) => {
    const interval = intervalOf(row, figure);
    return {
      name: row.name,
      value: row[figure] ?? 0,
      ...(interval && { low: interval[0], high: interval[1] }),
      origin: originOf(row),
    };
  });
  return {
    kind: 'bars' as const,
    caption,
    axis,
    scale: 'share' as const,
    items: items.toSorted((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1)),
  };
}

/** The 95 % interval of a figure, where the row has one that fits a fraction. */
function intervalOf(row: DetectorRow, figure: string): readonly [number, number] | null {
  const interval = z.tuple([z.number(), z.number()]).safeParse(row.ci?.[figure]);
  return interval.success ? interval.data : null;
}

/** Who a row is of: rows say it by `kind`, else their names do. In a split of reward data nothing was published by row. */
function originOf(row: DetectorRow): Origin {
  if (row.kind === 'published' || row.kind === 'ours' || row.kind === 'reference') return row.kind;
  if (row.kind === 'baseline') return 'reference';
  if (row.kind === 'gate' || row.kind === 'model') return 'ours';
  if (/^(?:always|never|majority|random|lookup|(?:one )?human|votes|humans)\b/i.test(row.name))
    return 'reference';
  return row.split !== undefined || /^(?:gate|beforehand|ours)\b/i.test(row.name) ? 'ours' : 'published';
}

/** One line a row: figures with their intervals, counts, then whatever else the rows say. */
function detectorTable(rows: readonly DetectorRow[], what: string): Block {
  const named = [...APART, 'windows', 'entries', 'traces', ...FRACTIONS, 'cd', 'fa', 'mn', 'nr'];
  const present = named.filter((name) => rows.some((row) => row[name] !== undefined && row[name] !== null));
  const texts = new Set<string>(APART);
  const columns: Column[] = [
    { name: 'Row', kind: 'text' },
    ...present.map((name): Column => {
      const kind = FRACTIONS.includes(name) ? 'share' : texts.has(name) ? 'text' : 'number';
      return { name: HEADS[name] ?? name, kind };
    }),
  ];
  return {
    kind: 'table',
    caption: `${what}: all figures`,
    columns,
    rows: rows.map((row) => [
      row.name,
      ...present.map((name): Cell => {
        const value = row[name];
        if (typeof value === 'string') return value;
        if (typeof value !== 'number') return null;
        const interval = intervalOf(row, name);
        return interval ? ({ value, low: interval[0], high: interval[1] } satisfies Ranged) : value;
      }),
    ]),
  };
}

/** What the rows hold beside the figures of their table, as a plain table; null where that is nothing. */
export function restOf(rows: readonly DetectorRow[], what: string): Block | null {
  const shown = new Set([...Object.keys(HEADS), 'ci', 'kind']);
  const rest = rows
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).filter(([key, value]) => !shown.has(key) && value !== undefined),
      ),
    )
    .filter((row) => Object.keys(row).length > 1);
  return rest.length === 0 ? null : tableOf(rest, `${what}: what else the rows say`);
}
