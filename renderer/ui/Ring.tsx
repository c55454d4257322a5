import { useEffect, useState } from 'react';
import { now } from '../clock.ts';
import { strings } from '../strings.ts';

const AROUND = 2 * Math.PI * 6;

/** How much of a span is left, 0 to 1; a span of another clock (a recorded day) starts when it is first seen. */
export function remaining(from: number, until: number, seen: number, now: number): number {
  const whole = until - from;
  if (whole <= 0) return 0;
  const foreign = seen < from - 2000 || seen > until + 2000;
  const passed = now - (foreign ? seen : from);
  return Math.min(1, Math.max(0, 1 - passed / whole));
}

/**
 * A thin ring that empties from `from` to `until` (epoch ms) and stands still while `held`. What it means is its name, in
 * whole seconds of when it was drawn: a name that counts down would be read out all the time.
 */
export function Ring({
  from,
  until,
  held,
}: {
  readonly from: number;
  readonly until: number;
  readonly held: boolean;
}) {
  const [seen] = useState(() => now());
  const [left, setLeft] = useState(() => remaining(from, until, seen, seen));
  const [whole] = useState(() => Math.max(1, Math.round((until - from) / 1000)));
  useEffect(() => {
    if (held) return;
    const tick = () => setLeft(remaining(from, until, seen, now()));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [from, until, seen, held]);
  return (
    <svg
      role="img"
      aria-label={held ? strings.card.held : strings.card.left(whole)}
      viewBox="0 0 16 16"
      className="size-4 shrink-0 -rotate-90"
      fill="none"
      strokeWidth="2.5"
    >
      <title>{held ? strings.card.held : strings.card.left(whole)}</title>
      <circle cx="8" cy="8" r="6" className="stroke-line" />
      <circle
        cx="8"
        cy="8"
        r="6"
        className={held ? 'stroke-accent' : 'stroke-mark'}
        strokeDasharray={AROUND}
        strokeDashoffset={AROUND * (1 - left)}
      />
    </svg>
  );
}
