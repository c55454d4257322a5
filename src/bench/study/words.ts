import { FIGURES, type ArmRow, type DifferenceRow, type Figure, type Measured } from './figures.ts';
import type { StudyReport } from './report.ts';

/** Headings of the figures. */
export const HEADINGS: Readonly<Record<Figure, string>> = {
  accept: 'accept',
  reject: 'reject',
  ignore: 'ignore',
  need: 'need',
  proposalsPerHour: 'proposals/h',
  missedPerHour: 'missed needs/h',
};

/** A figure as a table has it: `0.42 (0.31 to 0.55)`; `–` where there is none. */
export function shown({ value, ci }: Measured): string {
  if (value === null) return '–';
  return ci === null ? value.toFixed(2) : `${value.toFixed(2)} (${ci[0].toFixed(2)} to ${ci[1].toFixed(2)})`;
}

/** The report as Markdown: figures by arm, differences, questions, and what the words mean. */
export function markdownOf(report: StudyReport): string {
  const { study, archives, rows, differences, seed, rounds } = report;
  const participants = new Set(archives.map((each) => each.participant)).size;
  const scales = study.questions.filter((each) => each.kind === 'scale');
  const choices = study.questions.filter((each) => each.kind === 'choice');
  return [
    `# ${cell(study.title)}`,
    '',
    `Study \`${study.id}\` (${study.sha256.slice(0, 12)}), ${archives.length} archives of ${participants} participants.`,
    '',
    ...tableOf(
      ['arm', 'participants', 'hours', 'turns', 'seen', ...FIGURES.map((name) => HEADINGS[name])],
      rows.map((row) => [
        row.arm,
        String(row.participants),
        row.hours.toFixed(1),
        String(row.counts.turns),
        String(seen(row)),
        ...FIGURES.map((name) => shown(row.figures[name])),
      ]),
    ),
    ...differenceLines(differences),
    ...(scales.length > 0
      ? [
          '## Scales, 1 to 5',
          '',
          ...tableOf(
            ['arm', ...scales.map((each) => `${each.text} (${each.low} to ${each.high})`)],
            rows.map((row) => [
              row.arm,
              ...scales.map(({ id }) => shown(row.scales[id] ?? { value: null, ci: null })),
            ]),
          ),
        ]
      : []),
    ...choices.flatMap(({ id, text, choices: of }) => [
      `## ${cell(text)}`,
      '',
      ...tableOf(
        ['arm', ...of],
        rows.map((row) => [row.arm, ...of.map((each) => String(row.counts.choices[id]?.[each] ?? 0))]),
      ),
    ]),
    `Rates are pooled over participants: accept, reject and ignore are shares of the suggestions seen, need is the share of moments at which help was wanted among those that tell. Hours are those with a turn of the agent at least every five minutes. Brackets are 95 % intervals of a percentile bootstrap over participants (${rounds} rounds, seed ${seed}); none below three participants.`,
    '',
  ].join('\n');
}

function differenceLines(differences: readonly DifferenceRow[]): string[] {
  if (differences.length === 0) return [];
  return [
    `## Difference from ${differences[0]!.from}`,
    '',
    ...tableOf(
      ['arm', ...FIGURES.map((name) => HEADINGS[name])],
      differences.map((row) => [row.arm, ...FIGURES.map((name) => shown(row.figures[name]))]),
    ),
  ];
}

/** Suggestions that were on screen until they were answered or went by themselves. */
export function seen({ counts }: ArmRow): number {
  return counts.accepted + counts.rejected + counts.ignored;
}

/** Researchers' words must not open a column or a tag of their own. */
function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line), ''];
}
