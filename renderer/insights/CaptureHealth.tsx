import { Activity } from 'lucide-react';
import type { CaptureDay, Insights, SourceDay } from '../../src/model/insights.ts';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { dateOf, momentOf, numberOf, spanOf } from '../ui/format.ts';
import { useNow } from '../ui/useNow.ts';
import { noonOf } from './days.ts';
import { Instead, Picture } from './Picture.tsx';
import { Plot, type Tip } from '../ui/Plot.tsx';

/** How a source stood on a day. */
type Standing = 'well' | 'stalled' | 'quiet' | 'off';

function standingOf(source: SourceDay | undefined): Standing {
  if (!source) return 'off';
  if (source.stalledMs !== null && source.stalledMs > 0) return 'stalled';
  if (source.healthyMs !== null && source.healthyMs > 0) return 'well';
  return source.events > 0 ? 'quiet' : 'off';
}

const nameOf = (source: string) => strings.insights.capture.sources[source] ?? source;
const span = (ms: number | null) => (ms === null ? strings.insights.capture.unknown : spanOf(ms));
const dropped = (drops: SourceDay['drops']) =>
  drops.map(({ reason, count }) => `${reason} ${numberOf(count)}`).join(', ');

/** How each source did on each day: well, stalled, or nothing known. */
export function CaptureHealth({
  found: { since, days },
  again,
}: {
  readonly found: Insights['capture'];
  readonly again: () => void;
}) {
  const words = strings.insights.capture;
  const now = useNow(60_000);
  const capture = useView((view) => view.state?.capture);
  const names = [...new Set(days.flatMap(({ sources }) => sources.map(({ source }) => source)))];
  const watched = days.reduce((sum, day) => sum + day.watchedMs, 0);
  if (names.length === 0 && watched === 0) {
    return (
      <Instead
        title={words.title}
        state="empty"
        icon={Activity}
        empty={words.empty}
        emptyHint={words.emptyHint}
        again={again}
      />
    );
  }
  const totals = names.map((name) => totalOf(name, days));
  const stalled = totals.filter(({ stalledMs }) => stalledMs !== null && stalledMs > 0);
  const says = words.says(
    spanOf(watched),
    stalled.length === 0
      ? words.never
      : stalled.map(({ source, stalledMs }) => `${nameOf(source)} ${spanOf(stalledMs ?? 0)}`).join(', '),
  );
  return (
    <Picture
      title={words.title}
      says={says}
      hint={since === null ? (capture ? words.notYet : undefined) : words.since(momentOf(since, now))}
      table={{
        columns: Object.values(words.columns),
        rows: totals.map((each) => ({
          key: each.source,
          head: nameOf(each.source),
          cells: [
            { text: numberOf(each.events) },
            { text: span(each.healthyMs) },
            { text: span(each.stalledMs) },
            { text: each.restarts === null ? words.unknown : numberOf(each.restarts) },
            { text: each.drops.length === 0 ? '0' : dropped(each.drops) },
          ],
        })),
      }}
    >
      <div className="flex gap-2">
        <ul className="flex w-[92px] shrink-0 flex-col gap-1 text-[12px] leading-5 text-dim">
          {names.map((name) => (
            <li key={name} className="h-5 truncate">
              {nameOf(name)}
            </li>
          ))}
        </ul>
        <Plot
          label={`${words.title}. ${strings.insights.walk}`}
          className="min-w-0 flex-1"
          left={0}
          right={0}
          points={{
            count: days.length,
            at: (index) => (index + 0.5) / days.length,
            says: (index) => dayWords(days[index]!, names).join('; '),
            tip: (index) => tipOf(days[index]!, names),
          }}
        >
          {(active) => (
            <div className="flex flex-col gap-1">
              {names.map((name) => (
                <Strip key={name} name={name} days={days} active={active} />
              ))}
              <div className="flex justify-between text-[11px] leading-4 text-dim">
                <span>{dateOf(noonOf(days[0]!.day))}</span>
                <span>{dateOf(noonOf(days.at(-1)!.day))}</span>
              </div>
            </div>
          )}
        </Plot>
      </div>
      <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-[12px] text-dim">
        {(['well', 'stalled', 'quiet', 'off'] as const).map((each) => (
          <li key={each} className="inline-flex items-center gap-1.5">
            <svg width="10" height="20" aria-hidden="true">
              <Mark standing={each} x={1} width={8} />
            </svg>
            {words.states[each]}
          </li>
        ))}
      </ul>
    </Picture>
  );
}

/** A row of days: tall and solid is well, crossed is stalled, half and hollow is not recorded, a dash is nothing. */
function Strip({
  name,
  days,
  active,
}: {
  readonly name: string;
  readonly days: readonly CaptureDay[];
  readonly active: number | null;
}) {
  const step = 100 / days.length;
  return (
    <svg className="h-5 w-full overflow-visible" viewBox="0 0 100 20" preserveAspectRatio="none">
      {active !== null && <rect x={active * step} width={step} height="20" fill="var(--hover)" />}
      {days.map((day, at) => (
        <Mark
          key={day.day}
          standing={standingOf(day.sources.find(({ source }) => source === name))}
          x={(at + 0.14) * step}
          width={step * 0.72}
        />
      ))}
    </svg>
  );
}

function Mark({
  standing,
  x,
  width,
}: {
  readonly standing: Standing;
  readonly x: number;
  readonly width: number;
}) {
  if (standing === 'off') return <rect x={x} y="9.25" width={width} height="1.5" fill="var(--edge)" />;
  if (standing === 'well') return <rect x={x} y="2" width={width} height="16" fill="var(--accent)" />;
  if (standing === 'quiet') {
    return (
      <rect
        x={x}
        y="7"
        width={width}
        height="11"
        fill="none"
        stroke="var(--edge)"
        vectorEffect="non-scaling-stroke"
      />
    );
  }
  return (
    <path
      d={`M${x} 2h${width}v16h${-width}z l${width} 16 M${x + width} 2l${-width} 16`}
      fill="none"
      stroke="var(--ink)"
      strokeWidth="1.5"
      vectorEffect="non-scaling-stroke"
    />
  );
}

function totalOf(source: string, days: readonly CaptureDay[]): SourceDay {
  const all = days.flatMap(({ sources }) => sources.filter((each) => each.source === source));
  const sum = (of: (day: SourceDay) => number | null) => {
    const told = all.map(of).filter((each) => each !== null);
    return told.length === 0 ? null : told.reduce((a, b) => a + b, 0);
  };
  const drops = new Map<string, number>();
  for (const each of all) {
    for (const { reason, count } of each.drops) drops.set(reason, (drops.get(reason) ?? 0) + count);
  }
  return {
    source,
    events: sum(({ events }) => events) ?? 0,
    healthyMs: sum(({ healthyMs }) => healthyMs),
    stalledMs: sum(({ stalledMs }) => stalledMs),
    restarts: sum(({ restarts }) => restarts),
    drops: [...drops].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
  };
}

function dayWords(day: CaptureDay, names: readonly string[]): string[] {
  const words = strings.insights.capture;
  const named = dateOf(noonOf(day.day));
  return [
    `${named}: ${words.program(spanOf(day.watchedMs), spanOf(day.pausedMs), day.crashes)}`,
    ...names.map((name) => {
      const source = day.sources.find((each) => each.source === name);
      return `${nameOf(name)} ${valueOf(source)}`;
    }),
  ];
}

function valueOf(source: SourceDay | undefined): string {
  const words = strings.insights.capture;
  const standing = standingOf(source);
  const parts = [
    standing === 'stalled' ? words.stalledFor(spanOf(source?.stalledMs ?? 0)) : words.states[standing],
    source && source.events > 0 ? words.events(source.events) : '',
    source && source.drops.length > 0 ? words.dropped(dropped(source.drops)) : '',
  ];
  return parts.filter((each) => each !== '').join(', ');
}

function tipOf(day: CaptureDay, names: readonly string[]): Tip {
  return {
    title: dateOf(noonOf(day.day)),
    note: strings.insights.capture.program(spanOf(day.watchedMs), spanOf(day.pausedMs), day.crashes),
    lines: names.map((name) => ({
      name: nameOf(name),
      value: valueOf(day.sources.find((each) => each.source === name)),
    })),
  };
}
