import { useMemo, useState } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { appName, spanOf, timeOf } from '../ui/format.ts';
import { Empty, Loading, Panel } from '../ui/parts.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Plot } from '../ui/Plot.tsx';
import { useNow } from '../ui/useNow.ts';
import { Marks } from './Marks.tsx';
import { dayStrip } from './strip.ts';
import { Activity } from 'lucide-react';

const COLOURS = ['bg-a1', 'bg-a2', 'bg-a3', 'bg-a4', 'bg-a5'] as const;
const HOUR = 3_600_000;

const nameOf = (app: string | null) => (app === null ? strings.today.stripAway : appName(app));

/** Share of the strip from which a stretch has room for its number. */
const WIDE = 0.04;

/** An app's number on its colour, black, which all of the colours carry: what tells apps apart without the colour. */
function Number({ of }: { readonly of: number }) {
  return of === 0 ? null : <span className="text-black">{of}</span>;
}

/** The day coloured and numbered by app, with suggestions as marks below it. */
export function DayStrip({ suggestions }: { readonly suggestions: readonly Suggestion[] }) {
  const day = useView((view) => view.day);
  const now = useNow(60_000);
  const [listed, setListed] = useState(false);
  const strip = useMemo(() => (day ? dayStrip(day, now) : null), [day, now]);
  if (!day) return <Loading label={strings.today.loading} rows={1} />;
  if (!strip) {
    return (
      <Panel>
        <Empty icon={Activity} title={strings.today.nothingYet} />
      </Panel>
    );
  }
  const { from, to, stretches, apps } = strip;
  const colourOf = (app: string | null) => {
    if (app === null) return 'bg-idle';
    const at = apps.findIndex((each) => each.app === app);
    return COLOURS[at] ?? 'bg-a6';
  };
  const hours = (to - from) / HOUR;
  const every = Math.ceil(hours / 8);
  const labels = Array.from({ length: Math.floor(hours / every) + 1 }, (_, at) => from + at * every * HOUR);
  const spans = stretches.map((each, at) => ({
    ...each,
    start: stretches.slice(0, at).reduce((sum, { share }) => sum + share, 0),
  }));
  type Span = (typeof spans)[number];
  const msOf = ({ share }: Span) => share * (to - from);
  const timesOf = ({ start, share }: Span) =>
    `${timeOf(from + start * (to - from))}–${timeOf(from + (start + share) * (to - from))}`;
  const saysOf = (span: Span) => `${timesOf(span)}, ${nameOf(span.app)}, ${spanOf(msOf(span))}`;
  /** The number an app has in strip and legend; 0 for those without one. */
  const numberOf = (app: string) => {
    const at = apps.findIndex((each) => each.app === app);
    return at < COLOURS.length ? at + 1 : 0;
  };
  const rest = apps.slice(COLOURS.length).reduce((sum, each) => sum + each.ms, 0);
  return (
    <figure aria-label={strings.today.strip}>
      <Plot
        label={`${strings.today.strip}. ${strings.today.stripWalk}`}
        className="h-[34px]"
        left={0}
        right={0}
        points={{
          count: spans.length,
          at: (index) => spans[index]!.start + spans[index]!.share / 2,
          says: (index) => saysOf(spans[index]!),
          tip: (index) => ({
            lines: [
              {
                name: timesOf(spans[index]!),
                value: nameOf(spans[index]!.app),
              },
              { name: strings.today.stripColumns.lasted, value: spanOf(msOf(spans[index]!)) },
            ],
          }),
        }}
      >
        {(active) => (
          <div className="flex h-[34px] gap-px overflow-hidden rounded-lg bg-line forced-colors:border">
            {spans.map(({ app, share }, at) => (
              <div
                key={at}
                className={`grid min-w-0 place-items-center overflow-hidden text-[11px] leading-none font-semibold ${colourOf(app)} ${at === active ? 'outline-2 -outline-offset-2 outline-ink' : ''}`}
                style={{ flexGrow: share * 1000, flexBasis: 0 }}
              >
                {app !== null && share >= WIDE && <Number of={numberOf(app)} />}
              </div>
            ))}
          </div>
        )}
      </Plot>
      <Marks suggestions={suggestions} from={from} to={to} />
      <div aria-hidden="true" className="relative h-4 text-tiny text-faint">
        {labels.map((at, index) => (
          <span
            key={at}
            className={`absolute ${index === 0 ? '' : at >= to ? '-translate-x-full' : '-translate-x-1/2'}`}
            style={{ left: `${((at - from) / (to - from)) * 100}%` }}
          >
            {timeOf(at).slice(0, 2)}
          </span>
        ))}
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-[12px] text-dim">
        {apps.slice(0, COLOURS.length).map((each) => (
          <span key={each.app} className="inline-flex max-w-60 items-center gap-1.5">
            <i
              aria-hidden="true"
              className={`grid size-4 shrink-0 place-items-center rounded-[3px] text-[11px] leading-none font-semibold not-italic ${colourOf(each.app)}`}
            >
              <Number of={numberOf(each.app)} />
            </i>
            <span className="truncate">{appName(each.app)}</span>
            <span className="whitespace-nowrap">{spanOf(each.ms)}</span>
          </span>
        ))}
        {rest > 0 && (
          <span className="inline-flex items-center gap-1.5">
            <i aria-hidden="true" className="size-[9px] rounded-[2px] bg-a6" />
            {strings.today.other} {spanOf(rest)}
          </span>
        )}
        <button
          type="button"
          aria-expanded={listed}
          onClick={() => setListed(!listed)}
          className="ml-auto rounded underline decoration-mark underline-offset-2 hover:text-ink"
        >
          {listed ? strings.today.stripPicture : strings.today.stripTable}
        </button>
      </figcaption>
      {listed && (
        <Panel className="mt-2 px-3.5 py-1.5">
          <DataTable
            label={strings.today.strip}
            table={{
              columns: [
                strings.today.stripColumns.time,
                strings.today.stripColumns.app,
                strings.today.stripColumns.lasted,
              ],
              rows: spans.map((span) => ({
                key: String(span.start),
                head: timesOf(span),
                cells: [{ text: nameOf(span.app) }, { text: spanOf(msOf(span)) }],
              })),
            }}
          />
        </Panel>
      )}
    </figure>
  );
}
