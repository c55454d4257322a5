import { ChartColumn } from 'lucide-react';
import type { Became, Insights } from '../../src/model/insights.ts';
import { strings } from '../strings.ts';
import { numberOf } from '../ui/format.ts';
import { spansOf } from './days.ts';
import { Swatch, type Look } from './marks.tsx';
import { Instead, Picture } from './Picture.tsx';
import { Plot } from '../ui/Plot.tsx';
import type { Opened } from './RowsDialog.tsx';
import { named, Stacked } from './Stacked.tsx';

/** Series from the foot of a bar to its top. */
const SERIES: readonly { readonly became: Became; readonly look: Look }[] = [
  { became: 'accepted', look: 'solid' },
  { became: 'rejected', look: 'hatch' },
  { became: 'ignored', look: 'dots' },
  { became: 'missed', look: 'outline' },
];
/** All that can become of a suggestion, for the table. */
const COLUMNS: readonly Became[] = [
  'accepted',
  'rejected',
  'ignored',
  'missed',
  'snoozed',
  'waiting',
  'unseen',
];

/** What became of the suggestions, day by day. */
export function Answers({
  days,
  onOpen,
  again,
}: {
  readonly days: Insights['days'];
  readonly onOpen: (opened: Opened) => void;
  readonly again: () => void;
}) {
  const words = strings.insights.answers;
  const { became: names } = strings.insights;
  const spans = spansOf(days);
  const sum = (became: Became) => spans.reduce((all, { counts }) => all + (counts[became] ?? 0), 0);
  const weekly = spans.length < days.length;
  if (COLUMNS.every((each) => sum(each) === 0)) {
    return (
      <Instead
        title={words.title}
        state="empty"
        icon={ChartColumn}
        empty={words.empty}
        emptyHint={words.emptyHint}
        again={again}
      />
    );
  }
  const open = (at: number, became?: Became) => {
    const { from, to } = spans[at]!;
    const when = from === to ? named(from) : `${named(from)} – ${named(to)}`;
    onOpen({
      title: became ? `${names[became]}, ${when}` : when,
      pick: { from, to, ...(became && { became }) },
    });
  };
  const data = spans.map(({ from, counts }) => ({ day: from, counts }));
  const layers = SERIES.map(({ became, look }) => ({
    name: names[became],
    look,
    of: (row: (typeof data)[number]) => row.counts[became] ?? 0,
  }));
  return (
    <Picture
      title={words.title}
      says={words.says(sum('accepted'), sum('rejected'), sum('ignored'), sum('missed'))}
      hint={weekly ? `${words.hint} ${words.weekly}` : words.hint}
      table={{
        columns: [weekly ? words.week : words.day, ...COLUMNS.map((each) => names[each])],
        rows: [
          {
            key: 'all',
            head: words.total,
            cells: COLUMNS.map((each) => ({
              text: numberOf(sum(each)),
              open: sum(each) > 0 ? () => onOpen({ title: names[each], pick: { became: each } }) : undefined,
            })),
          },
          ...spans
            .map(({ from, counts }, at) => ({
              key: from,
              head: named(from),
              cells: COLUMNS.map((each) => ({
                text: numberOf(counts[each] ?? 0),
                open: counts[each] ? () => open(at, each) : undefined,
              })),
            }))
            .toReversed(),
        ],
      }}
    >
      <ul className="mb-2 flex flex-wrap gap-1.5">
        {SERIES.map(({ became, look }) => (
          <li key={became}>
            <button
              type="button"
              onClick={() => onOpen({ title: names[became], pick: { became } })}
              className="inline-flex h-7 items-center gap-1.5 rounded-lg border border-line px-2 text-small hover:bg-hover"
            >
              <Swatch look={look} />
              <span className="text-dim">{names[became]}</span>
              <b className="font-semibold">{numberOf(sum(became))}</b>
            </button>
          </li>
        ))}
      </ul>
      <Plot
        label={`${words.title}. ${strings.insights.walk}`}
        left={30}
        points={{
          count: spans.length,
          at: (index) => (index + 0.5) / spans.length,
          says: (index) =>
            [
              named(spans[index]!.from),
              ...SERIES.map(
                ({ became }) => `${names[became]} ${numberOf(spans[index]!.counts[became] ?? 0)}`,
              ),
            ].join(', '),
          tip: (index) => ({
            title: named(spans[index]!.from),
            lines: SERIES.map(({ became, look }) => ({
              mark: <Swatch look={look} />,
              name: names[became],
              value: numberOf(spans[index]!.counts[became] ?? 0),
            })),
          }),
          open,
        }}
      >
        {(active) => <Stacked rows={data} layers={layers} active={active} left={30} />}
      </Plot>
    </Picture>
  );
}
