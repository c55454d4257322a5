import type { LucideIcon } from 'lucide-react';
import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Segments } from '../ui/controls.tsx';
import { Empty, Loading, Panel } from '../ui/parts.tsx';
import { copyOf, DataTable, type Table } from '../ui/DataTable.tsx';

/** A picture with its title, what it says in words, and the same numbers as a table to read or copy. */
export function Picture({
  title,
  says,
  hint,
  aside,
  table,
  children,
}: {
  readonly title: string;
  /** The picture in one sentence. */
  readonly says?: ReactNode;
  /** What counts, and what does not. */
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  readonly table: Table;
  readonly children: ReactNode;
}) {
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-4 min-w-0">
      <Panel className="flex h-full flex-col px-4 py-3.5">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h2 id={id} className="text-[15px] leading-6 font-semibold tracking-tight">
            {title}
          </h2>
          <div className="flex flex-wrap items-center gap-2">
            {aside}
            {view === 'table' && <CopyTable table={table} />}
            <Segments
              label={strings.insights.viewOf(title)}
              value={view}
              choices={strings.insights.views}
              onChange={setView}
            />
          </div>
        </div>
        {says !== undefined && <p className="mt-0.5 text-small text-dim">{says}</p>}
        <div className="mt-3">
          {view === 'picture' ? children : <DataTable label={title} table={table} />}
        </div>
        {hint !== undefined && <p className="mt-auto pt-2.5 text-[12px] leading-4 text-faint">{hint}</p>}
      </Panel>
    </section>
  );
}

function CopyTable({ table }: { readonly table: Table }) {
  const { fail } = useActions();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <Button
      small
      look="ghost"
      onClick={() => void navigator.clipboard.writeText(copyOf(table)).then(() => setCopied(true), fail)}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      <span aria-live="polite">{copied ? strings.insights.copied : strings.insights.copy}</span>
    </Button>
  );
}

/** What stands in a picture's place: being read, failed, or nothing there yet and what will be. */
export function Instead({
  title,
  state,
  icon,
  empty,
  emptyHint,
  again,
}: {
  readonly title: string;
  readonly state: 'loading' | 'failed' | 'empty';
  readonly icon: LucideIcon;
  readonly empty: string;
  readonly emptyHint: string;
  readonly again: () => void;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-4 min-w-0">
      <Panel className="h-full px-4 py-3.5">
        <h2 id={id} className="text-[15px] leading-6 font-semibold tracking-tight">
          {title}
        </h2>
        {state === 'loading' && <Loading label={strings.insights.loading} rows={4} />}
        {state === 'empty' && <Empty icon={icon} title={empty} hint={emptyHint} />}
        {state === 'failed' && (
          <Empty icon={icon} title={strings.insights.failed}>
            <Button onClick={again}>{strings.insights.retry}</Button>
          </Empty>
        )}
      </Panel>
    </section>
  );
}
