import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Observation } from '../../src/model/observation.ts';
import { strings } from '../strings.ts';
import { dayOf, timeOf } from '../ui/format.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { useNow } from '../ui/useNow.ts';
import { createAnchor } from './anchor.ts';
import { geometryOf, HEADING, ROW } from './geometry.ts';
import { Row, Waiting } from './Row.tsx';
import { has, type Selection } from './selection.ts';
import type { Source } from './source.ts';
import { useRowKeys } from './useRowKeys.ts';
import { useScroll } from './useScroll.ts';

/** Lines drawn beyond either edge, and lines read ahead of where the list goes. */
const BEYOND = 2;
const AHEAD = 160;
/** Lines keep their place within so many px: a scroll then moves one element, not each line. */
const ORIGIN = 100_000;

const wide = matchMedia('(min-width: 640px)');
const onWide = (tell: () => void) => {
  wide.addEventListener('change', tell);
  return () => wide.removeEventListener('change', tell);
};

/** The list, of any length: only what is on the screen exists in the page, and it never leaves the screen empty. */
export function Rows({
  source,
  version,
  goTo,
  selection,
  menu,
  onSelect,
  onSelectHour,
  onDelete,
}: {
  readonly source: Source;
  /** Rises when the source has changed. */
  readonly version: number;
  /** The time to go to, epoch ms; a new object goes anew. */
  readonly goTo: { readonly at: number } | null;
  readonly selection: Selection;
  readonly menu: (app: string, site?: string) => readonly MenuItem[];
  readonly onSelect: (row: Observation, rank: number, range: boolean) => void;
  readonly onSelectHour: (hour: number) => void;
  readonly onDelete: () => void;
}) {
  const { book } = source;
  const now = useNow(60_000);
  const row = useSyncExternalStore(onWide, () => (wide.matches ? ROW.wide : ROW.narrow));
  const [opened, setOpened] = useState<ReadonlyMap<number, number>>(new Map());
  const geometry = geometryOf(book, row, opened);
  const scroll = useScroll(geometry.height);
  const { scale, scroller, view, up } = scroll;
  const [anchor] = useState(createAnchor);

  // What is seen stays where it is when rows come above it, unless the newest are being watched.
  const moved = anchor.follow(version, book, geometry, scale.offset() > row);
  if (moved !== null) scale.jump(moved);
  const offset = scale.offset();
  const first = geometry.at(offset);
  const last = geometry.at(offset + view);
  const lines = Array.from(
    { length: Math.min(book.lines(), last + BEYOND + 1) - Math.max(0, first - BEYOND) },
    (_, n) => book.line(Math.max(0, first - BEYOND) + n),
  );
  anchor.hold(book, geometry, first, offset);

  useEffect(() => {
    if (view === 0) return;
    source.want({ from: first, to: last, above: up ? AHEAD : 20, below: up ? 40 : AHEAD });
    // What changed may have to be read again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [source, first, last, view, up, version]);
  const [gone, setGone] = useState(goTo);
  if (gone !== goTo) {
    setGone(goTo);
    if (goTo) scale.jump(geometry.top(book.headingAt(goTo.at)));
  }

  const keys = useRowKeys({ source, geometry, scroll, row, version, onDelete });
  const onOpen = useCallback(
    (rank: number) =>
      setOpened((all) => {
        const next = new Map(all);
        if (!next.delete(rank)) next.set(rank, 0);
        return next;
      }),
    [],
  );
  const measure = useCallback(
    (rank: number, height: number) =>
      setOpened((all) => {
        const by = Math.max(0, height - row);
        return all.has(rank) && all.get(rank) !== by ? new Map(all).set(rank, by) : all;
      }),
    [row],
  );
  const origin = Math.floor(offset / ORIGIN) * ORIGIN;
  const total = book.rows();

  return (
    <div
      ref={scroller}
      onScroll={scroll.onScroll}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
      className="min-h-0 flex-1 overflow-y-auto px-2 outline-none [overflow-anchor:none] sm:px-[22px]"
      tabIndex={-1}
    >
      <div
        role="list"
        aria-label={strings.timeline.list}
        className="relative mx-auto w-full max-w-[1080px] sm:mx-0"
        style={{ height: scale.physical() }}
      >
        <div className="sticky top-0 overflow-clip" style={{ height: view }}>
          <div style={{ transform: `translateY(${origin - offset}px)` }}>
            {lines.map((line, n) => {
              if (!line) return null;
              const number = Math.max(0, first - BEYOND) + n;
              const isOpen = line.type === 'row' && opened.has(line.rank);
              const height = line.type === 'hour' ? HEADING : isOpen ? undefined : row;
              return (
                <div
                  key={line.key}
                  role="listitem"
                  aria-setsize={source.searching ? -1 : total}
                  aria-posinset={
                    line.type === 'row' ? total - line.rank : total - rankBelow(book.line(number + 1))
                  }
                  data-rank={line.type === 'row' ? line.rank : undefined}
                  ref={
                    isOpen
                      ? (element) => {
                          if (element) measure(line.rank, element.offsetHeight);
                        }
                      : undefined
                  }
                  className="absolute inset-x-0 top-0"
                  style={{ height, transform: `translateY(${geometry.top(number) - origin}px)` }}
                >
                  {line.type === 'hour' ? (
                    <Hour
                      label={`${dayOf(line.at, now)}, ${timeOf(line.at)}`}
                      count={line.many}
                      onSelect={() => onSelectHour(line.hour)}
                    />
                  ) : line.row ? (
                    <Row
                      row={line.row}
                      rank={line.rank}
                      app={line.app}
                      selected={has(selection, line.row)}
                      open={isOpen}
                      menu={menu}
                      onSelect={onSelect}
                      onOpen={onOpen}
                    />
                  ) : (
                    <Waiting />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** A heading counts as the row below it. */
function rankBelow(line: ReturnType<Source['book']['line']>): number {
  return line?.type === 'row' ? line.rank : 0;
}

function Hour({
  label,
  count,
  onSelect,
}: {
  readonly label: string;
  readonly count: number;
  readonly onSelect: () => void;
}) {
  return (
    <div className="group flex items-baseline gap-3 px-2.5 pt-4 pb-1.5 text-[13px]">
      <h2 className="truncate font-semibold text-dim first-letter:uppercase">{label}</h2>
      <span className="truncate text-faint">{strings.timeline.observations(count)}</span>
      <button
        type="button"
        onClick={onSelect}
        className="shrink-0 rounded text-faint opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100"
      >
        {strings.timeline.selectHour}
      </button>
    </div>
  );
}
