import { useRef, useState, type ReactNode } from 'react';

/** What is shown beside the pointer. */
export interface Tip {
  readonly title?: string;
  readonly note?: string;
  readonly lines: readonly { readonly name: string; readonly value: string; readonly mark?: ReactNode }[];
}

/** The values of a picture, from left to right. */
export interface Points {
  readonly count: number;
  /** Where a value stands, 0 to 1 of the plot's width. */
  readonly at: (index: number) => number;
  /** The value as it is spoken. */
  readonly says: (index: number) => string;
  /** The value as it is shown beside the pointer. */
  readonly tip: (index: number) => Tip;
  /** Shows what the value is made of. */
  readonly open?: ((index: number) => void) | undefined;
}

/**
 * A plot whose values can be read one by one: by pointer, and by arrow keys as a slider whose value is spoken. `left` and
 * `right` are the pixels beside the plot that axes take.
 */
export function Plot({
  label,
  points,
  left = 36,
  right = 8,
  className = 'h-[200px]',
  children,
}: {
  readonly label: string;
  readonly points: Points;
  readonly left?: number;
  readonly right?: number;
  readonly className?: string;
  readonly children: (active: number | null) => ReactNode;
}) {
  const [held, setActive] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const last = points.count - 1;
  const active = held === null ? null : Math.min(held, last);

  function point(event: React.PointerEvent) {
    const bounds = box.current?.getBoundingClientRect();
    if (!bounds || points.count === 0) return;
    const part = (event.clientX - bounds.left - left) / Math.max(1, bounds.width - left - right);
    let nearest = 0;
    for (let index = 1; index <= last; index++) {
      if (Math.abs(points.at(index) - part) < Math.abs(points.at(nearest) - part)) nearest = index;
    }
    setActive(nearest);
  }

  function press(event: React.KeyboardEvent) {
    const from = active ?? last;
    const to: Partial<Record<string, number>> = {
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      PageUp: from + 5,
      PageDown: from - 5,
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(Math.min(last, Math.max(0, next)));
    } else if (event.key === 'Enter' && active !== null) {
      points.open?.(active);
    } else if (event.key === 'Escape' && active !== null) {
      setActive(null);
    }
  }

  const where = active === null ? 0 : points.at(active);
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={active ?? last}
      aria-valuetext={points.count === 0 ? '' : points.says(active ?? last)}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) setActive(active ?? last);
      }}
      onBlur={() => setActive(null)}
      onKeyDown={press}
      onPointerMove={point}
      onPointerLeave={() => setActive(null)}
      onClick={() => active !== null && points.open?.(active)}
      className={`relative rounded-lg ${className}`}
    >
      <div aria-hidden="true" className="size-full">
        {children(active)}
      </div>
      {active !== null && (
        <div
          aria-hidden="true"
          className={`pointer-events-none absolute top-1 z-10 max-w-[80%] rounded-lg border border-line bg-raised px-2.5 py-1.5 text-[12px] leading-4 whitespace-nowrap shadow-card ${where > 0.5 ? '-translate-x-[calc(100%+10px)]' : 'translate-x-[10px]'}`}
          style={{ left: `calc(${left}px + (100% - ${left + right}px) * ${where})` }}
        >
          <TipBody tip={points.tip(active)} />
        </div>
      )}
    </div>
  );
}

function TipBody({ tip: { title, note, lines } }: { readonly tip: Tip }) {
  return (
    <>
      {title !== undefined && <b className="block font-semibold">{title}</b>}
      {note !== undefined && <span className="block text-dim">{note}</span>}
      {lines.map(({ name, value, mark }) => (
        <span key={name} className="mt-0.5 flex items-center gap-1.5">
          {mark}
          <span className="text-dim">{name}</span>
          <span className="ml-auto pl-3 font-medium">{value}</span>
        </span>
      ))}
    </>
  );
}
