import { Slider as RadixSlider, Switch as RadixSwitch } from 'radix-ui';
import { useState } from 'react';

/** On or off. */
export function Switch({
  label,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <RadixSwitch.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      className="relative h-[22px] w-[38px] shrink-0 rounded-full bg-edge transition-colors duration-100 data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-[18px] translate-x-[2px] rounded-full bg-surface shadow-sm transition-transform duration-100 data-[state=checked]:translate-x-[18px]" />
    </RadixSwitch.Root>
  );
}

/** A dial from 0 to 1; tells while moved, commits when let go. */
export function Dial({
  label,
  value,
  words,
  onCommit,
  onMove,
}: {
  readonly label: string;
  readonly value: number;
  /** The value as a screen reader says it. */
  readonly words: (value: number) => string;
  readonly onCommit: (value: number) => void;
  readonly onMove?: (value: number) => void;
}) {
  const [held, setMoving] = useState<number | null>(null);
  const moving = held ?? value;
  return (
    <RadixSlider.Root
      min={0}
      max={1}
      step={0.05}
      value={[moving]}
      onValueChange={([next = 0]) => {
        setMoving(next);
        onMove?.(next);
      }}
      onValueCommit={([next = 0]) => {
        setMoving(null);
        onCommit(next);
      }}
      className="relative flex h-5 touch-none items-center select-none"
    >
      <RadixSlider.Track className="relative h-1 grow rounded-full bg-idle">
        <RadixSlider.Range className="absolute h-full rounded-full bg-accent" />
      </RadixSlider.Track>
      <RadixSlider.Thumb
        aria-label={label}
        aria-valuetext={words(moving)}
        className="block size-4 rounded-full border border-edge bg-raised shadow-card"
      />
    </RadixSlider.Root>
  );
}

/** One of a few choices, side by side. */
export function Segments<T extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly choices: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
}) {
  return (
    <div role="radiogroup" aria-label={label} className="flex rounded-lg border border-line bg-bg p-0.5">
      {(Object.keys(choices) as T[]).map((each) => (
        <label
          key={each}
          className="relative rounded-md px-3 py-1 text-small font-medium text-dim has-checked:bg-raised has-checked:text-ink forced-colors:has-checked:underline has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={label}
            checked={each === value}
            onChange={() => onChange(each)}
            className="sr-only"
          />
          {choices[each]}
        </label>
      ))}
    </div>
  );
}

/** A whole number with its unit; commits when left or on Enter, and keeps within its bounds. */
export function NumberField({
  label,
  unit,
  value,
  min,
  max,
  onCommit,
}: {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onCommit: (value: number) => void;
}) {
  const [held, setText] = useState<string | null>(null);
  const text = held ?? String(value);
  const commit = () => {
    const wanted = Math.round(Number(text));
    const next = Number.isFinite(wanted) && text !== '' ? Math.min(max, Math.max(min, wanted)) : value;
    setText(null);
    if (next !== value) onCommit(next);
  };
  return (
    <span className="flex items-center gap-2">
      <input
        aria-label={label}
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
        className="h-8 w-18 rounded-lg border border-edge bg-surface px-2.5 text-right"
      />
      {unit && <span className="w-7 text-small text-dim">{unit}</span>}
    </span>
  );
}
