import { strings } from '../strings.ts';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { PreviewRow } from '../../src/model/exporting.ts';
import { exactTimeOf } from '../ui/format.ts';

/** One row as it leaves; where something is replaced, what is kept here stands struck out above it. */
export function Diff({ row, open: first }: { readonly row: PreviewRow; readonly open: boolean }) {
  const [open, setOpen] = useState(first);
  const id = useId();
  const time = exactTimeOf(row.at);
  return (
    <div className="mt-2 rounded-lg border border-line">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-1.5 rounded-lg px-2.5 py-1.5 text-left text-small hover:bg-hover"
      >
        <ChevronRight aria-hidden="true" className={`size-4 shrink-0 ${open ? 'rotate-90' : ''}`} />
        {strings.exporting.row(row.file, time)}
      </button>
      <div
        id={id}
        hidden={!open}
        className="border-t border-line px-2.5 py-1.5 font-mono text-[12px] leading-[18px]"
      >
        {row.lines.map(({ where, before, after }, at) =>
          before === after ? (
            <p key={at} className="break-words text-dim">
              {where}: {after}
            </p>
          ) : (
            <div key={at} className="break-words">
              <p>
                <span className="sr-only">{strings.exporting.before}: </span>
                <del className="text-bad">
                  {where}: {before}
                </del>
              </p>
              <p>
                <span className="sr-only">{strings.exporting.after}: </span>
                <ins className="text-good no-underline">
                  {where}: {after}
                </ins>
              </p>
            </div>
          ),
        )}
        {row.more > 0 && <p className="text-dim">{strings.exporting.more(row.more)}</p>}
      </div>
    </div>
  );
}
