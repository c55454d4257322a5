import { useMemo } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { appName, spanOf, timeOf } from '../ui/format.ts';
import { Empty, Loading, Panel } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';
import { Marks } from './Marks.tsx';
import { dayStrip } from './strip.ts';
import { Activity } from 'lucide-react';

const COLOURS = ['bg-a1', 'bg-a2', 'bg-a3', 'bg-a4', 'bg-a5'] as const;
const HOUR = 3_600_000;

/** The day coloured by app, with suggestions as marks below it. */
export function DayStrip({ suggestions }: { readonly suggestions: readonly Suggestion[] }) {
  const day = useView((view) => view.day);
  const now = useNow(60_000);
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
  const rest = apps.slice(COLOURS.length).reduce((sum, each) => sum + each.ms, 0);
  return (
    <figure aria-label={strings.today.strip}>
      <div
        role="img"
        aria-label={apps
          .slice(0, 5)
          .map((each) => `${appName(each.app)} ${spanOf(each.ms)}`)
          .join(', ')}
        className="flex h-[34px] gap-px overflow-hidden rounded-lg bg-line"
      >
        {stretches.map((stretch, at) => (
          <div
            key={at}
            className={colourOf(stretch.app)}
            style={{ flexGrow: stretch.share * 1000, flexBasis: 0 }}
            title={stretch.app === null ? undefined : appName(stretch.app)}
          />
        ))}
      </div>
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
            <i aria-hidden="true" className={`size-[9px] shrink-0 rounded-[2px] ${colourOf(each.app)}`} />
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
      </figcaption>
    </figure>
  );
}
