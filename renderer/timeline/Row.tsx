import { memo, useState } from 'react';
import type { Observation } from '../../src/model/observation.ts';
import { strings } from '../strings.ts';
import { appName, spanOf, timeOf } from '../ui/format.ts';
import { KindIcon } from '../ui/KindIcon.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';

/** A sentence longer than this may not fit its line, and can be opened. */
const FOLD = 70;

const GRID =
  'group grid grid-cols-[20px_44px_minmax(0,1fr)] items-start gap-x-3 rounded-lg px-2.5 py-[7px] sm:grid-cols-[20px_44px_148px_minmax(0,1fr)_auto]';

/** One observation: select it, read it, act on its app. Its line is of one height until it is opened. */
export const Row = memo(function Row({
  row,
  rank,
  app,
  selected,
  open,
  menu,
  onSelect,
  onOpen,
}: {
  readonly row: Observation;
  /** How many rows are older. */
  readonly rank: number;
  readonly app: boolean;
  readonly selected: boolean;
  readonly open: boolean;
  readonly menu: (app: string, site?: string) => readonly MenuItem[];
  readonly onSelect: (row: Observation, rank: number, range: boolean) => void;
  readonly onOpen: (rank: number) => void;
}) {
  const long = row.event.length > FOLD;
  return (
    <div className={`${GRID} ${selected ? 'bg-accent-soft' : 'hover:bg-hover'}`}>
      <input
        id={`row-${row.id}`}
        data-row
        type="checkbox"
        checked={selected}
        aria-label={strings.timeline.select(row.event)}
        onChange={(event) =>
          onSelect(row, rank, 'shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey === true)
        }
        className={`mt-[3px] size-3.5 transition-opacity duration-100 group-hover:opacity-100 focus-visible:opacity-100 ${selected ? '' : 'opacity-35'}`}
      />
      <time dateTime={new Date(row.time).toISOString()} className="text-[12px] text-faint">
        {timeOf(row.time)}
      </time>
      <div className="min-w-0 max-sm:hidden">
        {app &&
          (row.app ? (
            <AppMenu app={row.app} items={() => menu(row.app ?? '', row.site)} />
          ) : (
            <span className="text-[13px] text-faint">{strings.timeline.noApp}</span>
          ))}
      </div>
      <div className="flex min-w-0 gap-2.5">
        <span className="mt-[3px]">
          <KindIcon kind={row.kind} />
        </span>
        <p
          className={`min-w-0 flex-1 break-words ${row.kind === 'dropped' ? 'text-dim' : ''} ${open ? '' : 'line-clamp-2 sm:line-clamp-1'}`}
        >
          {row.event}
        </p>
        {long && (
          <button
            type="button"
            aria-expanded={open}
            className={`shrink-0 self-start text-small text-dim underline-offset-2 hover:underline focus-visible:opacity-100 group-hover:opacity-100 ${open ? '' : 'sm:opacity-0'}`}
            onClick={() => onOpen(rank)}
          >
            {open ? strings.timeline.less : strings.timeline.more}
          </button>
        )}
      </div>
      <span className="text-[12px] whitespace-nowrap text-faint max-sm:hidden">
        {row.duration >= 1000 ? spanOf(row.duration) : ''}
      </span>
    </div>
  );
});

/** Its menu is made when it is first wanted: a list that scrolls fast draws hundreds of these a second. */
function AppMenu({ app, items }: { readonly app: string; readonly items: () => readonly MenuItem[] }) {
  const [used, setUsed] = useState(false);
  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={strings.timeline.appMenu(appName(app))}
      {...(!used && { onClick: () => setUsed(true) })}
      className="block max-w-full truncate rounded text-left text-[13px] font-medium hover:underline"
    >
      {appName(app)}
    </button>
  );
  return used ? (
    <Menu items={items()} opened>
      {button}
    </Menu>
  ) : (
    button
  );
}

/** A row that is still being read: where it is and that it is one. */
export function Waiting() {
  return (
    <div data-waiting aria-hidden="true" className={GRID}>
      <span className="mt-[3px] size-3.5 rounded-[3px] border border-line" />
      <span className="mt-1 h-3 w-9 rounded bg-line" />
      <span className="mt-1 h-3 w-20 rounded bg-line max-sm:hidden" />
      <span className="mt-1 h-3 w-3/5 rounded bg-line" />
    </div>
  );
}
