import type { Bars, Block, Cell, Column, Report } from '../report/blocks.ts';
import { own } from './pool.ts';
import {
  FIGURES,
  type ArmRow,
  type DifferenceRow,
  type Figure,
  type Measured,
  type StudyReport,
} from './shape.ts';

/** Headings of the figures. */
const HEADINGS: Readonly<Record<Figure, string>> = {
  accept: 'Accept',
  reject: 'Reject',
  ignore: 'Ignore',
  need: 'Need',
  proposalsPerHour: 'Proposals an hour',
  missedPerHour: 'Missed needs an hour',
};

const isShare = (name: Figure) => !name.endsWith('PerHour');
const columnOf = (name: Figure): Column => ({
  name: HEADINGS[name],
  kind: isShare(name) ? 'share' : 'number',
});
const words = (name: string): Column => ({ name, kind: 'text' });
const counted = (name: string): Column => ({ name, kind: 'count' });

/** A study's report as a report of its own. */
export function studyPage(report: StudyReport): Report {
  return {
    title: report.study.title,
    lead: leadOf(report),
    sections: [{ title: 'By arm', level: 2, blocks: studyBlocks(report) }],
  };
}

/** The tables and plots of a study: figures by arm, differences from the first, what was said to its questions. */
export function studyBlocks(report: StudyReport): readonly Block[] {
  const { study, rows, differences, seed, rounds } = report;
  const scales = study.questions.filter((each) => each.kind === 'scale');
  const choices = study.questions.filter((each) => each.kind === 'choice');
  return [
    {
      kind: 'table',
      caption: 'Figures by arm, with 95 % intervals',
      columns: [words('Arm'), ...FIGURES.map(columnOf)],
      rows: rows.map((row) => [row.arm, ...measuredOf(row)]),
    },
    {
      kind: 'table',
      caption: 'What they are made of',
      columns: [
        words('Arm'),
        ...[
          'Participants',
          'Turns',
          'Proposals',
          'Accepted',
          'Rejected',
          'Ignored',
          'Missed needs',
          'Asked',
          'Replied',
        ].map(counted),
        { name: 'Hours', kind: 'number' },
      ],
      rows: rows.map(({ arm, participants, hours, counts: of }) => [
        arm,
        participants,
        of.turns,
        of.proposals,
        of.accepted,
        of.rejected,
        of.ignored,
        of.missed,
        of.asked,
        of.replied,
        hours,
      ]),
    },
    ...(differences.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: `Difference from ${differences[0]!.from}`,
            columns: [words('Arm'), ...FIGURES.map(columnOf)],
            rows: differences.map((row) => [row.arm, ...measuredOf(row)]),
          },
        ]
      : []),
    ...FIGURES.flatMap((name) =>
      bars(
        HEADINGS[name],
        isShare(name) ? 'share' : 'number',
        rows.map((row) => [row.arm, row.figures[name]]),
      ),
    ),
    ...scales.flatMap(({ id, text, low, high }): Block[] => [
      {
        kind: 'table',
        caption: `${text} (1: ${low}, 5: ${high})`,
        columns: [words('Arm'), { name: 'Mean', kind: 'number' }, counted('Replies')],
        rows: rows.map((row) => [row.arm, cellOf(row.scales[id]), own(row.counts.scales, id)?.count ?? 0]),
      },
      ...bars(
        text,
        'number',
        rows.map((row) => [row.arm, row.scales[id]]),
      ),
    ]),
    ...choices.map(({ id, text, choices: of }): Block => ({
      kind: 'table',
      caption: text,
      columns: [words('Arm'), ...of.map(counted)],
      rows: rows.map((row) => [
        row.arm,
        ...of.map((each) => own(own(row.counts.choices, id) ?? {}, each) ?? 0),
      ]),
    })),
    {
      kind: 'text',
      text: `Rates are pooled over participants. Accept, reject and ignore are shares of the suggestions seen; need is the share of moments at which help was wanted, among those that tell. Hours are those with a turn of the agent at least every five minutes. The time between two turns of different arms is halved between them. Intervals are of a percentile bootstrap that draws whole participants (${rounds} rounds, seed ${seed}); a figure that fewer than three participants have is without one.`,
    },
  ];
}

function leadOf({ study, archives }: StudyReport): string {
  const participants = new Set(archives.map((each) => each.participant)).size;
  return `Study ${study.id}, digest ${study.sha256.slice(0, 12)}: ${archives.length} archives of ${participants} participants.`;
}

function measuredOf(row: ArmRow | DifferenceRow): Cell[] {
  return FIGURES.map((name) => cellOf(row.figures[name]));
}

function cellOf(measured: Measured | undefined): Cell {
  if (!measured || measured.value === null) return null;
  const { value, ci } = measured;
  return ci ? { value, low: ci[0], high: ci[1] } : value;
}

/** Nothing where no arm has a value. */
function bars(
  caption: string,
  scale: Bars['scale'],
  rows: readonly (readonly [string, Measured | undefined])[],
): Bars[] {
  const items = rows.flatMap(([name, measured]) =>
    measured && measured.value !== null
      ? [
          {
            name,
            value: measured.value,
            ...(measured.ci && { low: measured.ci[0], high: measured.ci[1] }),
            origin: 'ours' as const,
          },
        ]
      : [],
  );
  return items.length > 0
    ? [{ kind: 'bars', caption: `${caption}, by arm`, axis: caption, scale, items }]
    : [];
}
