import { strings } from '../strings.ts';
import { useEffect, useState } from 'react';
import type { WhatIf as Found } from '../../src/model/whatIf.ts';
import { useAssistant } from '../store.ts';
import { numberOf, percentOf } from '../ui/format.ts';

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

function Says({ found: { days, asked, curve, now, basis } }: { readonly found: Found }) {
  const { columns } = strings.learning.whatIf;
  const cell = 'py-0.5 pl-3 text-right';
  return (
    <>
      <p>
        {strings.learning.whatIf.days(days)}{' '}
        <span className="text-ink">
          {strings.learning.whatIf.says(asked.shown, asked.accepted[1], asked.missed[1])}
        </span>
      </p>
      <p className="text-[12px] text-faint">{strings.learning.whatIf.spread(asked.accepted, asked.missed)}</p>
      <details className="mt-1">
        <summary className="w-fit rounded text-[12px] underline decoration-mark underline-offset-2 hover:text-ink">
          {strings.learning.whatIf.table}
        </summary>
        <table className="mt-1.5 w-full text-[12px]">
          <thead>
            <tr className="text-faint">
              <th scope="col" className="py-0.5 text-left font-medium">
                {columns.at}
              </th>
              <th scope="col" className={`${cell} font-medium`}>
                {columns.shown}
              </th>
              <th scope="col" className={`${cell} font-medium`}>
                {columns.accepted}
              </th>
              <th scope="col" className={`${cell} font-medium`}>
                {columns.missed}
              </th>
            </tr>
          </thead>
          <tbody>
            {curve.map((point) => (
              <tr key={point.eagerness} className="border-t border-line">
                <th scope="row" className="py-0.5 text-left font-normal">
                  {percentOf(point.eagerness)}
                  {point.eagerness === now.eagerness && ` (${strings.learning.whatIf.now})`}
                </th>
                <td className={cell}>{numberOf(Math.round(point.shown))}</td>
                <td className={cell}>{numberOf(point.accepted[1], 1)}</td>
                <td className={cell}>{numberOf(point.missed[1], 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mt-1.5 text-[12px] text-faint">{basis}</p>
      </details>
    </>
  );
}
