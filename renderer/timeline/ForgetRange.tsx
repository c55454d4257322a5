import { useState } from 'react';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { startOfDay } from '../ui/format.ts';
import { now } from '../clock.ts';

/** Local time as a datetime field wants it. */
function fieldOf(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Asks for two moments and forgets what lies between. */
export function ForgetRange({ onClose }: { readonly onClose: () => void }) {
  const { forget } = useActions();
  const [opened] = useState(now);
  const [from, setFrom] = useState(() => fieldOf(opened - 3_600_000));
  const [to, setTo] = useState(() => fieldOf(opened + 60_000));
  const range = { from: new Date(from).getTime(), to: new Date(to).getTime() };
  const good = range.from < range.to;
  const words = strings.timeline;
  return (
    <Confirm
      title={words.forgetRange}
      body={words.cascade}
      action={words.delete}
      disabled={!good}
      onClose={onClose}
      onConfirm={() => void forget(range).then((worked) => worked && onClose())}
    >
      <div className="mt-4 flex flex-wrap gap-1.5">
        {Object.entries(words.ranges).map(([minutes, label]) => (
          <Button
            key={minutes}
            small
            onClick={() => {
              const span = Number(minutes) * 60_000;
              setFrom(fieldOf(span === 0 ? startOfDay(opened) : opened - span));
              setTo(fieldOf(opened + 60_000));
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        {(
          [
            [words.from, from, setFrom],
            [words.to, to, setTo],
          ] as const
        ).map(([label, value, set]) => (
          <label key={label} className="text-small text-dim">
            {label}
            <input
              type="datetime-local"
              value={value}
              onChange={(event) => set(event.target.value)}
              className="mt-1 h-8 w-full rounded-lg border border-edge bg-surface px-2 text-ink"
            />
          </label>
        ))}
      </div>
      {!good && (
        <p role="alert" className="mt-2 text-small text-bad">
          {words.rangeWrong}
        </p>
      )}
    </Confirm>
  );
}
