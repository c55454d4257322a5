import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { Observation } from '../../src/model/observation.ts';
import { strings } from '../strings.ts';
import { dayOf, timeOf } from '../ui/format.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { useNow } from '../ui/useNow.ts';
import { itemsOf } from './items.ts';
import { Row } from './Row.tsx';

/** The virtual list: only what is near the screen exists in the page. Arrows walk its checkboxes. */
export function Rows({
  rows,
  selected,
  menu,
  onSelect,
  onDelete,
  onEnd,
}: {
  readonly rows: readonly Observation[];
  readonly selected: ReadonlySet<string>;
  readonly menu: (app: string, site?: string) => readonly MenuItem[];
  readonly onSelect: (ids: readonly string[], on: boolean) => void;
  readonly onDelete: () => void;
  readonly onEnd: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<string | null>(null);
  const now = useNow(60_000);
  const items = useMemo(() => itemsOf(rows), [rows]);
  // oxlint-disable-next-line react/incompatible-library -- no React Compiler here
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (items[at]?.type === 'hour' ? 40 : 34),
    getItemKey: (at) => {
      const item = items[at];
      return item?.type === 'row' ? item.row.id : `hour-${item?.at ?? at}`;
    },
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - 40) onEnd();
  }, [last, items.length, onEnd]);

  function select(id: string, range: boolean) {
    const from = range ? rows.findIndex((row) => row.id === anchor.current) : -1;
    const to = rows.findIndex((row) => row.id === id);
    const ids = from < 0 ? [id] : rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id);
    onSelect(ids, !selected.has(id));
    anchor.current = id;
  }

  function walk(event: React.KeyboardEvent, at: number) {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      onDelete();
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    let next = at + step;
    while (items[next]?.type === 'hour') next += step;
    const item = items[next];
    if (item?.type !== 'row') return;
    virtual.scrollToIndex(next);
    // A row below the fold exists only after the list has scrolled.
    requestAnimationFrame(() => document.getElementById(`row-${item.row.id}`)?.focus());
  }

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-2 sm:px-[22px]" tabIndex={-1}>
      <div
        role="list"
        aria-label={strings.timeline.list}
        className="relative mx-auto mb-60 w-full max-w-[1080px] sm:mx-0"
        style={{ height: virtual.getTotalSize() }}
      >
        {shown.map((line) => {
          const item = items[line.index];
          if (!item) return null;
          return (
            <div
              key={line.key}
              ref={virtual.measureElement}
              data-index={line.index}
              role="listitem"
              aria-setsize={-1}
              aria-posinset={line.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${line.start}px)` }}
            >
              {item.type === 'hour' ? (
                <Hour
                  label={`${dayOf(item.at, now)}, ${timeOf(item.at)}`}
                  count={item.ids.length}
                  onSelect={() => onSelect(item.ids, true)}
                />
              ) : (
                <Row
                  row={item.row}
                  app={item.app}
                  selected={selected.has(item.row.id)}
                  menu={menu}
                  onSelect={(range) => select(item.row.id, range)}
                  onKeyDown={(event) => walk(event, line.index)}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
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
      <h2 className="font-semibold text-dim first-letter:uppercase">{label}</h2>
      <span className="text-faint">{strings.timeline.observations(count)}</span>
      <button
        type="button"
        onClick={onSelect}
        className="rounded text-faint opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100"
      >
        {strings.timeline.selectHour}
      </button>
    </div>
  );
}
