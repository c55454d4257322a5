import { useVirtualizer } from '@tanstack/react-virtual';
import { ListX } from 'lucide-react';
import { useRef } from 'react';
import type { InsightPick, InsightRow } from '../../src/model/insights.ts';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { momentOf, percentWords } from '../ui/format.ts';
import { Empty, Loading, StateTag, Tag } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';
import { useAsked } from './useAsked.ts';

/** A number that was clicked: in words, and what it counts. */
export interface Opened {
  readonly title: string;
  readonly pick: InsightPick;
}

/** What a number is made of, newest first; a suggestion opens its page. */
export function RowsDialog({
  opened: { title, pick },
  days,
  onClose,
}: {
  readonly opened: Opened;
  readonly days: number;
  readonly onClose: () => void;
}) {
  const { found, failed, again } = useAsked(`rows ${days} ${JSON.stringify(pick)}`, (bridge) =>
    bridge.call('insights.rows', { days, pick }),
  );
  const words = strings.insights.rows;
  return (
    <Dialog title={title} wide onClose={onClose}>
      {!found && !failed && <Loading label={words.loading} rows={5} />}
      {failed && (
        <Empty icon={ListX} title={words.failed}>
          <Button onClick={again}>{strings.insights.retry}</Button>
        </Empty>
      )}
      {found?.total === 0 && <Empty icon={ListX} title={words.empty} />}
      {found && found.total > 0 && <List label={title} rows={found.rows} />}
      {found && found.total > found.rows.length && (
        <p className="px-5 py-2 text-[12px] text-faint">{words.more(found.rows.length, found.total)}</p>
      )}
    </Dialog>
  );
}

const ROW = 52;

function List({ label, rows }: { readonly label: string; readonly rows: readonly InsightRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no React Compiler here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (at) => rows[at]!.id,
    overscan: 8,
  });
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={label}
      className="min-h-0 overflow-y-auto border-t border-line"
    >
      <ul aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <li
            key={key}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0 border-b border-line"
            style={{ height: ROW, transform: `translateY(${start}px)` }}
          >
            <Row row={rows[index]!} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Row({ row }: { readonly row: InsightRow }) {
  const { go } = useActions();
  const now = useNow(60_000);
  const words = strings.insights;
  const about = [
    momentOf(row.at, now),
    row.score === undefined ? '' : `${strings.learning.ownScore}: ${percentWords(row.score)}`,
    row.reason ? words.reasons[row.reason] : '',
  ].filter((each) => each !== '');
  const inside = (
    <>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {row.task ?? (row.what === 'need' ? words.rows.need : words.rows.moment)}
        </span>
        <span className="block truncate text-small text-dim">{about.join(' · ')}</span>
      </span>
      {row.state ? (
        <StateTag state={row.state} />
      ) : (
        <Tag>{row.cell === 'NR' ? words.rows.unwelcome : words.rows.welcome}</Tag>
      )}
    </>
  );
  const look = 'flex h-full w-full items-center gap-3 px-5 text-left';
  return row.what === 'suggestion' ? (
    <button
      type="button"
      className={`${look} hover:bg-hover focus-visible:-outline-offset-2`}
      onClick={() => go({ name: 'suggestion', id: row.id })}
    >
      {inside}
    </button>
  ) : (
    <div className={look}>{inside}</div>
  );
}
