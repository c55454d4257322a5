import { useEffect, useState } from 'react';
import { now } from '../clock.ts';

const AROUND = 2 * Math.PI * 6;

/** How much of a span is left, 0 to 1; a span of another clock (a recorded day) starts when it is first seen. */
export function remaining(from: number, until: number, seen: number, now: number): number {
  const whole = until - from;
  if (whole <= 0) return 0;
  const foreign = seen < from - 2000 || seen > until + 2000;
  const passed = now - (foreign ? seen : from);
  return Math.min(1, Math.max(0, 1 - passed / whole));
}

/** A thin ring that empties from `from` to `until` (epoch ms). Decoration: the words beside it say the same. */
export function Ring({ from, until }: { readonly from: number; readonly until: number }) {
  const [seen] = useState(() => now());
  const [left, setLeft] = useState(() => remaining(from, until, seen, seen));
  useEffect(() => {
    const timer = setInterval(() => setLeft(remaining(from, until, seen, now())), 250);
    return () => clearInterval(timer);
  }, [from, until, seen]);
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 -rotate-90" fill="none" strokeWidth="2.5">
      <circle cx="8" cy="8" r="6" className="stroke-line" />
      <circle
        cx="8"
        cy="8"
        r="6"
        className="stroke-mark"
        strokeDasharray={AROUND}
        strokeDashoffset={AROUND * (1 - left)}
      />
    </svg>
  );
}
