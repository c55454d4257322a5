import { Plus, X } from 'lucide-react';
import type { Hours } from '../../src/model/settings.ts';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { weekdayOf } from '../ui/format.ts';

/** Weeks begin on Monday here; 0 is Sunday. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;
/** As many rows as the settings hold. */
const MOST = 14;
const FIRST: Hours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };

/** Stretches of the week: days and two times each. What is shown is what holds, at once. */
export function HoursEditor({
  title,
  hint,
  items,
  onChange,
}: {
  readonly title: string;
  readonly hint: string;
  readonly items: readonly Hours[];
  readonly onChange: (items: Hours[]) => void;
}) {
  const words = strings.settings;
  const put = (at: number, next: Hours) => onChange(items.map((each, n) => (n === at ? next : each)));
  return (
    <div className="border-t border-line px-4 py-3 first:border-t-0">
      <p className="font-medium">{title}</p>
      <p className="text-small text-dim">{hint}</p>
      {items.map((hours, at) => {
        const name = words.hoursOf(title, at + 1);
        const remove = () => onChange(items.filter((_, n) => n !== at));
        return (
          <Row key={at} name={name} hours={hours} onChange={(next) => put(at, next)} onRemove={remove} />
        );
      })}
      <Button
        small
        className="mt-2"
        aria-label={words.addHours(title)}
        disabled={items.length >= MOST}
        onClick={() => onChange([...items, FIRST])}
      >
        <Plus aria-hidden="true" className="size-3.5" />
        {words.addHoursShort}
      </Button>
    </div>
  );
}

function Row({
  name,
  hours,
  onChange,
  onRemove,
}: {
  readonly name: string;
  readonly hours: Hours;
  readonly onChange: (hours: Hours) => void;
  readonly onRemove: () => void;
}) {
  const words = strings.settings;
  const turn = (day: number) => {
    const days = hours.days.includes(day)
      ? hours.days.filter((each) => each !== day)
      : [...hours.days, day].sort((a, b) => a - b);
    // Hours on no day would say nothing: the last day stays, the row is removed by its button.
    if (days.length > 0) onChange({ ...hours, days });
  };
  return (
    <fieldset className="mt-2 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
      <legend className="sr-only">{name}</legend>
      <span className="flex flex-wrap gap-1">
        {WEEK.map((day) => (
          <label
            key={day}
            className="relative grid size-8 cursor-pointer place-items-center rounded-lg border border-line text-small text-dim has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              aria-label={weekdayOf(day, 'long')}
              checked={hours.days.includes(day)}
              onChange={() => turn(day)}
              className="sr-only"
            />
            <span aria-hidden="true">{weekdayOf(day, 'short')}</span>
          </label>
        ))}
      </span>
      <span className="flex grow flex-wrap items-center gap-1.5 text-dim">
        <Time label={words.hoursFrom} value={hours.from} onChange={(from) => onChange({ ...hours, from })} />
        <span aria-hidden="true">–</span>
        <Time label={words.hoursTo} value={hours.to} onChange={(to) => onChange({ ...hours, to })} />
        <IconButton label={words.removeHours(name)} className="ml-auto" onClick={onRemove}>
          <X className="size-3.5" />
        </IconButton>
      </span>
      {hours.to <= hours.from && <span className="w-full text-small text-dim">{words.nextDay}</span>}
    </fieldset>
  );
}

function Time({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <input
      type="time"
      required
      aria-label={label}
      value={value}
      // A time that is half typed is none, and changes nothing.
      onChange={(event) => /^\d\d:\d\d$/.test(event.target.value) && onChange(event.target.value)}
      className="h-8 rounded-lg border border-edge bg-surface px-2 text-ink"
    />
  );
}
