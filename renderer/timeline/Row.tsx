import { useState } from 'react';
import type { Observation } from '../../src/model/observation.ts';
import { strings } from '../strings.ts';
import { appName, spanOf, timeOf } from '../ui/format.ts';
import { KindIcon } from '../ui/KindIcon.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';

/** Longer sentences fold to three lines. */
const FOLD = 260;

/** One observation: select it, read it, act on its app. */
export function Row({
  row,
  app,
  selected,
  menu,
  onSelect,
  onKeyDown,
}: {
  readonly row: Observation;
  readonly app: boolean;
  readonly selected: boolean;
  readonly menu: (app: string, site?: string) => readonly MenuItem[];
  readonly onSelect: (range: boolean) => void;
  readonly onKeyDown: (event: React.KeyboardEvent) => void;
}) {
  const [open, setOpen] = useState(false);
  const long = row.event.length > FOLD;
  const id = `row-${row.id}`;
  return (
    <div
      className={`group grid grid-cols-[20px_44px_minmax(0,1fr)] items-start gap-x-3 rounded-lg px-2.5 py-[7px] sm:grid-cols-[20px_44px_148px_minmax(0,1fr)_auto] ${selected ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <input
        id={id}
        data-row
        type="checkbox"
        checked={selected}
        aria-label={strings.timeline.select(row.event)}
        onChange={(event) => onSelect('shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey === true)}
        onKeyDown={onKeyDown}
        className={`mt-[3px] size-3.5 transition-opacity duration-100 group-hover:opacity-100 focus-visible:opacity-100 ${selected ? '' : 'opacity-35'}`}
      />
      <time dateTime={new Date(row.time).toISOString()} className="text-[12px] text-faint">
        {timeOf(row.time)}
      </time>
      <div className="min-w-0 max-sm:hidden">
        {app &&
          (row.app ? (
            <Menu items={menu(row.app, row.site)}>
              <button
                type="button"
                aria-label={strings.timeline.appMenu(appName(row.app))}
                className="block max-w-full truncate rounded text-left text-[13px] font-medium hover:underline"
              >
                {appName(row.app)}
              </button>
            </Menu>
          ) : (
            <span className="text-[13px] text-faint">{strings.timeline.noApp}</span>
          ))}
      </div>
      <div className="flex min-w-0 gap-2.5">
        <span className="mt-[3px]">
          <KindIcon kind={row.kind} />
        </span>
        <div className="min-w-0">
          <p
            className={`break-words ${row.kind === 'dropped' ? 'text-dim' : ''} ${long && !open ? 'line-clamp-3' : ''}`}
          >
            {row.event}
          </p>
          {long && (
            <button
              type="button"
              className="text-small text-dim underline-offset-2 hover:underline"
              onClick={() => setOpen(!open)}
            >
              {open ? strings.timeline.less : strings.timeline.more}
            </button>
          )}
        </div>
      </div>
      <span className="text-[12px] whitespace-nowrap text-faint max-sm:hidden">
        {row.duration >= 1000 ? spanOf(row.duration) : ''}
      </span>
    </div>
  );
}
