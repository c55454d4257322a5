import type { ResultRow } from '../results.ts';
import type { Block, Report, Section } from './blocks.ts';
import { resultBlocks } from './shapes.ts';

/** Runs that can replace one another: what they measured, on what data, with what model, by what command. */
function keyOf(row: ResultRow): string {
  return JSON.stringify([row.bench, row.data?.digest ?? null, row.model?.digest ?? null, row.command]);
}

/** Titles of benches, in the order of the report. */
const TITLES = new Map(
  Object.entries({
    need: 'Need: does it want to help when people wanted help?',
    proactivebench: "ProactiveBench: the paper's own protocol",
    reward: 'Reward: does it judge as people judge?',
    latency: 'Latency: what a decision costs',
    skips: 'Skips: what the gate saves, and what that costs',
    learning: 'Learning: does it get better with its user’s answers?',
    study: 'Study: what its arms differ in',
  }),
);

/** The newest run of each key, and the older ones; both newest first. */
export function latestRuns(rows: readonly ResultRow[]): {
  readonly shown: readonly ResultRow[];
  readonly older: readonly ResultRow[];
} {
  const ordered = rows.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const seen = new Set<string>();
  const shown: ResultRow[] = [];
  const older: ResultRow[] = [];
  for (const row of ordered) {
    const key = keyOf(row);
    (seen.has(key) ? older : shown).push(row);
    seen.add(key);
  }
  return { shown, older };
}

/**
 * A report of results: bench by bench, the newest run of each data, model and command with its own tables and plots. Runs
 * never share a plot: what differs between them is said, and older runs are one folded table.
 */
export function reportOf(rows: readonly ResultRow[]): Report {
  const { shown, older } = latestRuns(rows);
  const names = [...new Set([...TITLES.keys(), ...shown.map((row) => row.bench)])];
  const sections = names.flatMap((bench) => {
    const mine = shown.filter((row) => row.bench === bench);
    if (mine.length === 0) return [];
    return sectionsOf(
      bench,
      mine,
      older.filter((row) => row.bench === bench),
    );
  });
  return {
    title: 'Beforehand: bench results',
    lead: `${rows.length} ${rows.length === 1 ? 'run' : 'runs'} of ${count(sections.filter((each) => each.level === 2).length, 'bench', 'benches')}. Fractions are from 0 to 1; brackets hold 95 % intervals.`,
    sections,
  };
}

function sectionsOf(
  bench: string,
  shown: readonly ResultRow[],
  older: readonly ResultRow[],
): readonly Section[] {
  const title = TITLES.get(bench) ?? bench;
  const history: readonly Block[] =
    older.length === 0
      ? []
      : [
          {
            kind: 'folded',
            title: `${count(older.length, 'older run', 'older runs')} of the same data, model and command`,
            blocks: [runsTable(older, `${bench}: older runs`)],
          },
        ];
  const [only] = shown;
  if (shown.length === 1 && only) {
    return [{ title, level: 2, blocks: [factsTable(only), ...resultBlocks(only), ...history] }];
  }
  return [
    {
      title,
      level: 2,
      blocks: [
        { kind: 'text', text: differences(shown) },
        runsTable(shown, `${bench}: the runs below`),
        ...history,
      ],
    },
    ...shown.map((row, at): Section => ({
      title: `${bench}, run ${at + 1} of ${shown.length}: ${row.at.slice(0, 16).replace('T', ' ')}, ${row.data?.name ?? 'no data'}, ${row.model?.alias ?? 'no model'}`,
      level: 3,
      blocks: [factsTable(row), ...resultBlocks(row)],
    })),
  ];
}

/** Which facts the runs do not share, in one sentence. */
function differences(rows: readonly ResultRow[]): string {
  const facts: readonly (readonly [string, (row: ResultRow) => unknown])[] = [
    ['data', (row) => row.data?.digest],
    ['model', (row) => row.model?.digest],
    ['commit', (row) => row.commit],
    ['command', (row) => row.command],
    ['seed', (row) => row.seed],
    ['machine', (row) => JSON.stringify(row.machine)],
  ];
  const apart = facts.filter(([, read]) => new Set(rows.map(read)).size > 1).map(([name]) => name);
  return `These ${rows.length} runs differ in ${apart.join(', ')}. Each has its own tables and plots; none is mixed with another.`;
}

function runsTable(rows: readonly ResultRow[], caption: string): Block {
  const text = ['When (UTC)', 'Commit', 'Data', 'Model', 'Command'].map((name) => ({
    name,
    kind: 'text' as const,
  }));
  return {
    kind: 'table',
    caption,
    columns: [...text, { name: 'Seed', kind: 'number' }, { name: 'Seconds', kind: 'number' }],
    rows: rows.map((row) => [
      row.at.slice(0, 19).replace('T', ' '),
      row.commit ?? '–',
      dataOf(row),
      modelOf(row),
      row.command,
      row.seed,
      row.seconds,
    ]),
  };
}

function factsTable(row: ResultRow): Block {
  const { machine } = row;
  return {
    kind: 'table',
    caption: `${row.bench}: this run`,
    columns: [
      { name: 'Fact', kind: 'text' },
      { name: 'Value', kind: 'text' },
    ],
    rows: [
      ['When (UTC)', row.at.slice(0, 19).replace('T', ' ')],
      ['Command', row.command],
      ['Commit', `${row.commit ?? 'none'}, version ${row.version}`],
      ['Data', dataOf(row)],
      ['Model', modelOf(row)],
      ['Seed', String(row.seed)],
      ['Took', `${row.seconds} s`],
      [
        'Machine',
        `${machine.cores} cores, ${machine.processor}, ${(machine.memoryBytes / 1e9).toFixed(1)} GB`,
      ],
    ],
  };
}

function dataOf(row: ResultRow): string {
  return row.data ? `${row.data.name}, digest ${row.data.digest.slice(0, 12)}` : 'none';
}

function modelOf(row: ResultRow): string {
  return row.model ? `${row.model.alias}, digest ${row.model.digest.slice(0, 12)}` : 'none';
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
