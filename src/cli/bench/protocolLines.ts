import type { CommittedRow } from '../../bench/protocol/committed.ts';
import type { ProtocolResult } from '../../bench/protocol/protocol.ts';
import type { ProtocolRow } from '../../bench/protocol/rows.ts';
import { table } from '../output.ts';

const HEAD = ['', 'P', 'R', 'F1', 'accuracy', 'False-Alarm', 'accepted', 'TP', 'FP', 'TN', 'FN'];

/** The result for a person: one table for each judge, category and counting, the committed lines, then the notes. */
export function protocolLines({ rows, committed, unmatched, notes }: ProtocolResult): readonly string[] {
  // Every category by the paper's counting; the other countings where the paper's figures are. `--json` has all.
  const shown = rows.filter((row) => row.counting === 'script' || row.category === 'real_average');
  const tables = Map.groupBy(shown, (row) => `${row.judge}\n${row.category}\n${row.counting}`);
  return [
    ...[...tables.values()].flatMap((own) => [titleOf(own), ...table([HEAD, ...own.map(line)]), '']),
    ...(committed.length > 0
      ? [
          'Committed results',
          ...table([[...HEAD.slice(0, 6), 'counts', 'recount'], ...committed.map(committedLine)]),
          '',
        ]
      : []),
    ...unmatched.map((place) => `not matched: ${place}`),
    ...notes,
  ];
}

function titleOf([first]: readonly ProtocolRow[]): string {
  const { judge, category, counting } = first!;
  return `Judge ${judge}, ${category}, counted by ${counting}`;
}

function line(row: ProtocolRow): readonly string[] {
  const range = row.ci['f1'];
  return [
    `${row.name} (${row.traces} traces, ${row.events} events)`,
    share(row.precision),
    share(row.recall),
    `${share(row.f1)}${range ? ` [${share(range[0])}, ${share(range[1])}]` : ''}`,
    share(row.accuracy),
    share(row.falseAlarm),
    share(row.acceptRate),
    ...[row.cd, row.fa, row.nr, row.mn].map(String),
  ];
}

function committedLine(row: CommittedRow): readonly string[] {
  const { counts, recount } = row;
  return [
    `${row.name}, ${row.category} (${row.events} events)`,
    ...[row.precision, row.recall, row.f1, row.accuracy, row.falseAlarm].map(share),
    counts ? `${counts.cd} ${counts.fa} ${counts.nr} ${counts.mn}` : '-',
    recount ? `F1 ${share(recount.figures.f1)}, difference ${recount.difference.f1.toFixed(6)}` : '-',
  ];
}

const share = (value: number) => value.toFixed(3);
