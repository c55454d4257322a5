import { strings } from '../strings.ts';
import { useEffect, useState } from 'react';
import type { WhatIf as Found } from '../../src/model/whatIf.ts';
import { useActions, useAssistant } from '../store.ts';

/** Milliseconds of rest before the days are replayed: a dial that moves asks once. */
const REST = 150;

/** What the dial at `eagerness` would have done over the user's own last weeks. */
export function WhatIf({ eagerness }: { readonly eagerness: number }) {
  const { bridge } = useAssistant();
  const [found, setFound] = useState<Found | 'failed' | null>(null);
  useEffect(() => {
    let here = true;
    const ask = async () => {
      const next = await bridge.call('policy.whatIf', { eagerness }).catch(() => 'failed' as const);
      if (here) setFound(next);
    };
    const timer = setTimeout(() => void ask(), REST);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [bridge, eagerness]);

  const nothing = found !== null && found !== 'failed' && found.moments === 0;
  return (
    <div className="mt-3 border-t border-line pt-2.5 text-small text-dim">
      {found === null && <p>{strings.learning.whatIf.loading}</p>}
      {found === 'failed' && <p>{strings.learning.whatIf.failed}</p>}
      {nothing && <p>{strings.learning.whatIf.none}</p>}
      {found !== null && found !== 'failed' && !nothing && <Says found={found} />}
    </div>
  );
}

function Says({ found: { days, asked } }: { readonly found: Found }) {
  const { go } = useActions();
  return (
    <>
      <p>
        {strings.learning.whatIf.days(days)}{' '}
        <span className="text-ink">
          {strings.learning.whatIf.says(asked.shown, asked.accepted[1], asked.missed[1])}
        </span>
      </p>
      <p className="text-[12px] text-faint">{strings.learning.whatIf.spread(asked.accepted, asked.missed)}</p>
      <button
        type="button"
        onClick={() => go({ name: 'insights' })}
        className="mt-1 rounded text-[12px] underline decoration-mark underline-offset-2 hover:text-ink"
      >
        {strings.learning.whatIf.table}
      </button>
    </>
  );
}
