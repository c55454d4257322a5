import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { numberOf, reasonWords } from '../ui/format.ts';
import { Tag } from '../ui/parts.tsx';

/** What was not kept: how many, and on demand why. Never what. */
export function Dropped() {
  const counts = useView((view) => view.state?.counts);
  const [open, setOpen] = useState(false);
  if (!counts || counts.dropped === 0) return null;
  const reasons = Object.entries(counts.reasons).toSorted((a, b) => b[1] - a[1]);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="inline-flex items-center gap-1 rounded text-small text-dim hover:text-ink"
      >
        {strings.timeline.dropped(counts.dropped)}
        <ChevronDown aria-hidden="true" className={`size-3.5 ${open ? 'rotate-180' : ''}`} />
      </button>
      {open && (
        <span className="flex flex-wrap items-center gap-1.5">
          {reasons.map(([reason, count]) => (
            <Tag key={reason}>
              {reasonWords(reason)} {numberOf(count)}
            </Tag>
          ))}
          <span className="text-small text-faint">{strings.timeline.droppedHint}</span>
        </span>
      )}
    </>
  );
}
