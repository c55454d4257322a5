import { useEffect, useState } from 'react';
import { now as clock } from '../clock.ts';

/** The present, epoch ms, renewed every `every` ms. */
export function useNow(every = 1000): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
