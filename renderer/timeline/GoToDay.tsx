import { useState } from 'react';
import { strings } from '../strings.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** Local date as a date field wants it. */
function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A date to go to; the list shows the end of that day, or of the last one before it that has any row. */
export function GoToDay({
  hours,
  onGo,
}: {
  /** The hours there are, newest first. */
  readonly hours: readonly { readonly at: number }[];
  readonly onGo: (to: { readonly at: number }) => void;
}) {
  const [day, setDay] = useState('');
  const [newest, oldest] = [hours[0]?.at, hours.at(-1)?.at];
  return (
    <input
      type="date"
      aria-label={strings.timeline.goToDay}
      title={strings.timeline.goToDay}
      value={day}
      {...(oldest !== undefined && { min: dayOf(oldest) })}
      {...(newest !== undefined && { max: dayOf(newest) })}
      onChange={(event) => {
        setDay(event.target.value);
        const at = new Date(`${event.target.value}T23:59:59.999`).getTime();
        // A year is typed digit by digit: 0002 is on its way to 2026.
        if (Number.isFinite(at) && at > Date.UTC(1970, 0)) onGo({ at });
      }}
      className="h-9 rounded-lg border border-line bg-surface px-2 text-dim"
    />
  );
}
