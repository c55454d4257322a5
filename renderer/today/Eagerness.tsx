import { useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { percentOf } from '../ui/format.ts';
import { Dial } from '../ui/controls.tsx';
import { WhatIf } from './WhatIf.tsx';

const words = (at: number) =>
  `${percentOf(at)} %, ${at < 0.5 ? strings.today.eagerLow : strings.today.eagerHigh}`;

/** The one dial: how sure it must be before it speaks. */
export function Eagerness() {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const [moving, setMoving] = useState<number | null>(null);
  if (!settings) return null;
  const value = moving ?? settings.eagerness;
  return (
    <div>
      <p>
        <b className="text-[22px] leading-7 font-semibold tracking-[-0.02em]">{percentOf(value)}</b>{' '}
        <span className="text-dim">/ 100</span>
      </p>
      <p className="mb-2 text-small text-dim">
        {strings.today.eagerNote(settings.dailyCap, Math.round(settings.cooldownSeconds / 60))}
      </p>
      <Dial
        label={strings.today.eager}
        value={settings.eagerness}
        words={words}
        onMove={setMoving}
        onCommit={(eagerness) => {
          setMoving(null);
          change({ eagerness });
        }}
      />
      <div className="mt-1 flex justify-between text-[12px] text-faint">
        <span>{strings.today.eagerLow}</span>
        <span>{strings.today.eagerHigh}</span>
      </div>
      <WhatIf eagerness={value} />
    </div>
  );
}
