import { useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { percentOf } from '../ui/format.ts';
import { Dial } from '../ui/controls.tsx';
import { WhatIf } from './WhatIf.tsx';

const words = (at: number) =>
  `${percentOf(at)} %, ${at < 0.5 ? strings.today.eagerLow : strings.today.eagerHigh}`;

/** The one dial, and in a sentence what it would have done. */
export function Eagerness() {
  const settings = useView((view) => view.settings);
  const [moving, setMoving] = useState<number | null>(null);
  if (!settings) return null;
  return (
    <div>
      <EagernessDial onMove={setMoving} />
      <WhatIf eagerness={moving ?? settings.eagerness} />
    </div>
  );
}

/** The one dial: how sure it must be before it speaks. `onMove` hears where it is tried, null when it is let go. */
export function EagernessDial({ onMove }: { readonly onMove: (at: number | null) => void }) {
  const { change } = useActions();
  const settings = useView((view) => view.settings);
  const [moving, setMoving] = useState<number | null>(null);
  if (!settings) return null;
  const move = (at: number | null) => {
    setMoving(at);
    onMove(at);
  };
  return (
    <div>
      <p>
        <b className="text-[22px] leading-7 font-semibold tracking-[-0.02em]">
          {percentOf(moving ?? settings.eagerness)}
        </b>{' '}
        <span className="text-dim">/ 100</span>
      </p>
      <p className="mb-2 text-small text-dim">
        {strings.today.eagerNote(settings.dailyCap, Math.round(settings.cooldownSeconds / 60))}
      </p>
      <Dial
        label={strings.today.eager}
        value={settings.eagerness}
        words={words}
        onMove={move}
        onCommit={(eagerness) => {
          move(null);
          change({ eagerness });
        }}
      />
      <div className="mt-1 flex justify-between text-[12px] text-faint">
        <span>{strings.today.eagerLow}</span>
        <span>{strings.today.eagerHigh}</span>
      </div>
    </div>
  );
}
